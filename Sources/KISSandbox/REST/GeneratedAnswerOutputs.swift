import KISWire

/// One output member of an answer: its name on the wire, what it holds, and its fields in order.
struct AnswerOutput {
  var key: String
  var isList: Bool
  var fields: [String]
}

extension AnswerRequest {
  /// The output members; a document that the catalogue lacks is made up for.
  var outputs: [AnswerOutput] {
    let documented = api.outputs.map { AnswerOutput(key: $0.key, isList: $0.shape == .array, fields: $0.fields) }
    return documented.contains { !$0.fields.isEmpty } ? documented : missingOutputs(documented)
  }

  private func missingOutputs(_ documented: [AnswerOutput]) -> [AnswerOutput] {
    let name = api.path.split(separator: "/").suffix(2).joined(separator: "/")
    let family = api.path.contains("/overseas-") ? "overseas " : ""
    guard let lists = missing[family + name] else { return documented }
    return zip(lists, ["output1", "output2"]).map { fields, key in
      AnswerOutput(key: key, isList: key == "output2", fields: fields.split(separator: " ").map(String.init))
    }
  }
}

private let levels = (1...10).map { "askp\($0) bidp\($0) askp_rsqn\($0) bidp_rsqn\($0)" }.joined(separator: " ")

/// Output fields of APIs whose document is missing from the catalogue: from captured replies and the official samples.
private let missing: [String: [String]] = [
  "quotations/inquire-asking-price-exp-ccn": [
    "aspr_acpt_hour \(levels) total_askp_rsqn total_bidp_rsqn total_askp_rsqn_icdc total_bidp_rsqn_icdc "
      + "ovtm_total_askp_icdc ovtm_total_bidp_icdc ovtm_total_askp_rsqn ovtm_total_bidp_rsqn ntby_aspr_rsqn "
      + "new_mkop_cls_code",
    "antc_mkop_cls_code stck_prpr stck_oprc stck_hgpr stck_lwpr stck_sdpr antc_cnpr antc_cntg_vrss_sign "
      + "antc_cntg_vrss antc_cntg_prdy_ctrt antc_vol stck_shrn_iscd vi_cls_code",
  ],
  "quotations/inquire-daily-itemchartprice": [
    "prdy_vrss prdy_vrss_sign prdy_ctrt stck_prdy_clpr acml_vol acml_tr_pbmn hts_kor_isnm stck_prpr stck_shrn_iscd "
      + "prdy_vol stck_mxpr stck_llam stck_oprc stck_hgpr stck_lwpr stck_prdy_oprc stck_prdy_hgpr stck_prdy_lwpr askp "
      + "bidp prdy_vrss_vol vol_tnrt stck_fcam lstn_stcn cpfn hts_avls per eps pbr",
    "stck_bsop_date stck_clpr stck_oprc stck_hgpr stck_lwpr acml_vol acml_tr_pbmn flng_cls_code prtt_rate mod_yn "
      + "prdy_vrss_sign prdy_vrss revl_issu_reas",
  ],
  "quotations/inquire-daily-indexchartprice": [
    "bstp_nmix_prdy_vrss prdy_vrss_sign bstp_nmix_prdy_ctrt prdy_nmix acml_vol acml_tr_pbmn hts_kor_isnm "
      + "bstp_nmix_prpr bstp_cls_code prdy_vol bstp_nmix_oprc bstp_nmix_hgpr bstp_nmix_lwpr futs_prdy_oprc "
      + "futs_prdy_hgpr futs_prdy_lwpr",
    "stck_bsop_date bstp_nmix_prpr bstp_nmix_oprc bstp_nmix_hgpr bstp_nmix_lwpr acml_vol acml_tr_pbmn mod_yn",
  ],
  "quotations/inquire-daily-fuopchartprice": [
    "futs_prdy_vrss prdy_vrss_sign futs_prdy_ctrt futs_prdy_clpr acml_vol acml_tr_pbmn hts_kor_isnm futs_prpr "
      + "futs_shrn_iscd prdy_vol futs_mxpr futs_llam futs_oprc futs_hgpr futs_lwpr futs_prdy_oprc futs_prdy_hgpr "
      + "futs_prdy_lwpr futs_askp futs_bidp basis kospi200_nmix hts_otst_stpl_qty otst_stpl_qty_icdc tday_rltv hts_thpr "
      + "dprt",
    "stck_bsop_date futs_prpr futs_oprc futs_hgpr futs_lwpr acml_vol acml_tr_pbmn mod_yn",
  ],
  "quotations/comp-interest": [
    "bcdt_code hts_kor_isnm bond_mnrt_prpr prdy_vrss_sign bond_mnrt_prdy_vrss prdy_ctrt stck_bsop_date",
    "bcdt_code hts_kor_isnm bond_mnrt_prpr prdy_vrss_sign bond_mnrt_prdy_vrss bstp_nmix_prdy_ctrt stck_bsop_date",
  ],
  "quotations/pbar-tratio": [
    "rprs_mrkt_kor_name stck_shrn_iscd hts_kor_isnm stck_prpr prdy_vrss_sign prdy_vrss prdy_ctrt acml_vol prdy_vol "
      + "wghn_avrg_stck_prc lstn_stcn",
    "data_rank stck_prpr cntg_vol acml_vol_rlim",
  ],
  "overseas quotations/inquire-daily-chartprice": [
    "ovrs_nmix_prdy_vrss prdy_vrss_sign ovrs_nmix_prdy_clpr acml_vol prdy_ctrt hts_kor_isnm ovrs_nmix_prpr "
      + "stck_shrn_iscd prdy_vol ovrs_prod_oprc ovrs_prod_hgpr ovrs_prod_lwpr",
    "stck_bsop_date ovrs_nmix_prpr ovrs_nmix_oprc ovrs_nmix_hgpr ovrs_nmix_lwpr acml_vol mod_yn",
  ],
  "overseas ranking/new-highlow": [
    "zdiv stat nrec", "rsym excd symb name last sign diff rate tvol pask pbid n_base n_diff n_rate ename e_ordyn",
  ],
  "overseas ranking/updown-rate": [
    "zdiv stat crec trec nrec",
    "rsym excd symb name last sign diff rate tvol pask pbid n_base n_diff n_rate rank ename e_ordyn",
  ],
]
