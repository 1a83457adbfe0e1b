/// The values that KIS's documents and samples name for parameters: of each API the parameters, each with its values in the
/// document's order.
enum DocumentedValues {
  /// By path without `/uapi/`, of inquiries about the market.
  static let quotations = read(
    """
    domestic-futureoption/v1/quotations/inquire-asking-price
      FID_COND_MRKT_DIV_CODE F JF
    domestic-futureoption/v1/quotations/inquire-daily-fuopchartprice
      FID_COND_MRKT_DIV_CODE F O
      FID_PERIOD_DIV_CODE D W
    domestic-futureoption/v1/quotations/inquire-price
      FID_COND_MRKT_DIV_CODE F O
    domestic-futureoption/v1/quotations/inquire-time-fuopchartprice
      FID_COND_MRKT_DIV_CODE F O
      FID_HOUR_CLS_CODE 30 60
      FID_PW_DATA_INCU_YN Y N
    domestic-stock/v1/finance/balance-sheet
      FID_DIV_CLS_CODE 0 1
    domestic-stock/v1/finance/financial-ratio
      FID_DIV_CLS_CODE 0 1
    domestic-stock/v1/finance/growth-ratio
      FID_DIV_CLS_CODE 0 1
    domestic-stock/v1/finance/income-statement
      FID_DIV_CLS_CODE 0 1
    domestic-stock/v1/finance/other-major-ratios
      FID_DIV_CLS_CODE 0 1
    domestic-stock/v1/finance/profit-ratio
      FID_DIV_CLS_CODE 0 1
    domestic-stock/v1/finance/stability-ratio
      FID_DIV_CLS_CODE 0 1
    domestic-stock/v1/ksdinfo/dividend
      GB1 0 1 2
    domestic-stock/v1/ksdinfo/paidin-capin
      GB1 1 2
    domestic-stock/v1/ksdinfo/rev-split
      MARKET_GB 0 1 2
    domestic-stock/v1/quotations/capture-uplowprice
      FID_DIV_CLS_CODE 0 6 5 1 2 3
      FID_INPUT_ISCD 0000 0001 1001
      FID_PRC_CLS_CODE 0 1
    domestic-stock/v1/quotations/comp-program-trade-daily
      FID_MRKT_CLS_CODE K Q
    domestic-stock/v1/quotations/comp-program-trade-today
      FID_COND_MRKT_DIV_CODE J NX UN
      FID_MRKT_CLS_CODE K Q
    domestic-stock/v1/quotations/credit-by-company
      FID_INPUT_ISCD 0000 0001 1001 2001 4001
      FID_RANK_SORT_CLS_CODE 0 1
      FID_SLCT_YN 0 1
    domestic-stock/v1/quotations/daily-loan-trans
      MRKT_DIV_CLS_CODE 1 2 3
    domestic-stock/v1/quotations/exp-closing-price
      FID_INPUT_ISCD 0000 0001 1001 2001 4001
      FID_RANK_SORT_CLS_CODE 0 1 2 3 4
    domestic-stock/v1/quotations/exp-index-trend
      FID_INPUT_HOUR_1 10 30 60 600
      FID_INPUT_ISCD 0000 0001 1001 2001 4001
      FID_MKOP_CLS_CODE 1 2
    domestic-stock/v1/quotations/exp-price-trend
      FID_MKOP_CLS_CODE 0 4
    domestic-stock/v1/quotations/exp-total-index
      FID_INPUT_ISCD 0000 0001 1001 2001 4001
      FID_MKOP_CLS_CODE 1 2
      FID_MRKT_CLS_CODE 0 K Q
    domestic-stock/v1/quotations/foreign-institution-total
      FID_DIV_CLS_CODE 0 1
      FID_ETC_CLS_CODE 0 1 2 3
      FID_INPUT_ISCD 0000 0001 1001
      FID_RANK_SORT_CLS_CODE 0 1
    domestic-stock/v1/quotations/frgnmem-trade-estimate
      FID_INPUT_ISCD 0000 1001 2001
      FID_RANK_SORT_CLS_CODE 0 1
      FID_RANK_SORT_CLS_CODE_2 0 1
    domestic-stock/v1/quotations/frgnmem-trade-trend
      FID_MRKT_CLS_CODE A K Q K2 W
    domestic-stock/v1/quotations/inquire-asking-price-exp-ccn
      FID_COND_MRKT_DIV_CODE J NX UN
    domestic-stock/v1/quotations/inquire-ccnl
      FID_COND_MRKT_DIV_CODE J NX UN
    domestic-stock/v1/quotations/inquire-daily-indexchartprice
      FID_INPUT_ISCD 0001 0002
      FID_PERIOD_DIV_CODE D W M Y
    domestic-stock/v1/quotations/inquire-daily-itemchartprice
      FID_COND_MRKT_DIV_CODE J NX UN
      FID_PERIOD_DIV_CODE D W M Y
    domestic-stock/v1/quotations/inquire-daily-price
      FID_COND_MRKT_DIV_CODE J NX UN
      FID_PERIOD_DIV_CODE D W M
    domestic-stock/v1/quotations/inquire-daily-trade-volume
      FID_COND_MRKT_DIV_CODE J NX
    domestic-stock/v1/quotations/inquire-index-category-price
      FID_MRKT_CLS_CODE K Q K2
    domestic-stock/v1/quotations/inquire-index-daily-price
      FID_PERIOD_DIV_CODE D W M
    domestic-stock/v1/quotations/inquire-index-tickprice
      FID_INPUT_ISCD 0001 1001 2001 3003
    domestic-stock/v1/quotations/inquire-index-timeprice
      FID_INPUT_HOUR_1 60 300 600
      FID_INPUT_ISCD 0001 1001 2001 3003
    domestic-stock/v1/quotations/inquire-investor
      FID_COND_MRKT_DIV_CODE J NX
    domestic-stock/v1/quotations/inquire-investor-daily-by-market
      FID_INPUT_ISCD_1 KSP KSQ
    domestic-stock/v1/quotations/inquire-member
      FID_COND_MRKT_DIV_CODE J NX
    domestic-stock/v1/quotations/inquire-member-daily
      FID_COND_MRKT_DIV_CODE J NX
    domestic-stock/v1/quotations/inquire-price
      FID_COND_MRKT_DIV_CODE J NX UN
    domestic-stock/v1/quotations/inquire-price-2
      FID_COND_MRKT_DIV_CODE J NX UN
    domestic-stock/v1/quotations/inquire-time-dailychartprice
      FID_COND_MRKT_DIV_CODE J NX UN
    domestic-stock/v1/quotations/inquire-time-indexchartprice
      FID_INPUT_ISCD 0001 0002
      FID_PW_DATA_INCU_YN Y N
    domestic-stock/v1/quotations/inquire-time-itemchartprice
      FID_COND_MRKT_DIV_CODE J NX UN
    domestic-stock/v1/quotations/inquire-time-itemconclusion
      FID_COND_MRKT_DIV_CODE J NX UN
    domestic-stock/v1/quotations/inquire-vi-status
      FID_DIV_CLS_CODE 0 1 2
      FID_MRKT_CLS_CODE 0 K Q
      FID_RANK_SORT_CLS_CODE 0 1 2 3
    domestic-stock/v1/quotations/investor-program-trade-today
      MRKT_DIV_CLS_CODE 1 4
    domestic-stock/v1/quotations/investor-trade-by-stock-daily
      FID_COND_MRKT_DIV_CODE J NX UN
    domestic-stock/v1/quotations/lendable-by-company
      EXCG_DVSN_CD 00 02 03
      INQR_DVSN_1 0 1
    domestic-stock/v1/quotations/program-trade-by-stock
      FID_COND_MRKT_DIV_CODE J NX UN
    domestic-stock/v1/quotations/program-trade-by-stock-daily
      FID_COND_MRKT_DIV_CODE J NX UN
    domestic-stock/v1/quotations/search-info
      PRDT_TYPE_CD 300 301 302 512 513 529 515 501 543 558 507 508 551 552
    domestic-stock/v1/quotations/search-stock-info
      PRDT_TYPE_CD 300 301 302 306
    domestic-stock/v1/quotations/tradprt-byamt
      FID_COND_MRKT_DIV_CODE J NX
    domestic-stock/v1/ranking/after-hour-balance
      FID_INPUT_ISCD 0000 0001 1001 2001
      FID_RANK_SORT_CLS_CODE 1 2 3 4
    domestic-stock/v1/ranking/bulk-trans-num
      FID_COND_MRKT_DIV_CODE J NX
      FID_INPUT_ISCD 0000 0001 1001 2001 4001
      FID_RANK_SORT_CLS_CODE 0 1
    domestic-stock/v1/ranking/credit-balance
      FID_INPUT_ISCD 0000 0001 1001 2001
      FID_RANK_SORT_CLS_CODE 0 1 2 3 4 5 6 7 8 9
    domestic-stock/v1/ranking/disparity
      FID_COND_MRKT_DIV_CODE J NX
      FID_DIV_CLS_CODE 0 1 2 3 4 5 6 7
      FID_HOUR_CLS_CODE 5 10 20 60 120
      FID_INPUT_ISCD 0000 0001 1001 2001
      FID_RANK_SORT_CLS_CODE 0 1
    domestic-stock/v1/ranking/dividend-rate
      GB1 0 1 2 3
      GB2 0 6 7
      GB3 1 2
      GB4 0 1 2
      UPJONG 0001 0002 0027 1001 1041 2001 2007 2008
    domestic-stock/v1/ranking/exp-trans-updown
      FID_DIV_CLS_CODE 0 1 2
      FID_INPUT_ISCD 0000 0001 1001 2001 4001
    domestic-stock/v1/ranking/finance-ratio
      FID_COND_MRKT_DIV_CODE J NX
      FID_INPUT_ISCD 0000 0001 1001 2001
      FID_INPUT_OPTION_2 0 1 2 3
      FID_RANK_SORT_CLS_CODE 7 11 15 20
    domestic-stock/v1/ranking/fluctuation
      FID_COND_MRKT_DIV_CODE J NX
    domestic-stock/v1/ranking/market-cap
      FID_COND_MRKT_DIV_CODE J NX
      FID_DIV_CLS_CODE 0 1 2
      FID_INPUT_ISCD 0000 0001 1001 2001
    domestic-stock/v1/ranking/market-value
      FID_COND_MRKT_DIV_CODE J NX
      FID_DIV_CLS_CODE 0 1 2 3 4 5 6 7
      FID_INPUT_ISCD 0000 0001 1001 2001
      FID_INPUT_OPTION_2 0 1 2 3
      FID_RANK_SORT_CLS_CODE 23 24 25 26 27 28 29 30 31
    domestic-stock/v1/ranking/near-new-highlow
      FID_APLY_RANG_VOL 0 100
      FID_DIV_CLS_CODE 0 1 2 3
      FID_INPUT_ISCD 0000 0001 1001 2001 4001
      FID_PRC_CLS_CODE 0 1
      FID_TRGT_EXLS_CLS_CODE 0 1 2 3 4 5 6 7
    domestic-stock/v1/ranking/overtime-exp-trans-fluct
      FID_DIV_CLS_CODE 0 1 2 3 4 5 6 7
      FID_INPUT_ISCD 0000 0001 1001
      FID_RANK_SORT_CLS_CODE 0 1 2 3 4
    domestic-stock/v1/ranking/overtime-fluctuation
      FID_DIV_CLS_CODE 1 2 3 4 5
      FID_INPUT_ISCD 0000 0001 1001
    domestic-stock/v1/ranking/overtime-volume
      FID_INPUT_ISCD 0000 0001 1001
      FID_RANK_SORT_CLS_CODE 0 1 2
    domestic-stock/v1/ranking/prefer-disparate-ratio
      FID_COND_MRKT_DIV_CODE J NX
      FID_INPUT_ISCD 0000 0001 1001 2001
    domestic-stock/v1/ranking/profit-asset-index
      FID_COND_MRKT_DIV_CODE J NX
      FID_INPUT_ISCD 0000 0001 1001 2001
      FID_INPUT_OPTION_2 0 1 2 3
      FID_RANK_SORT_CLS_CODE 0 1 2 3 4 5 6
    domestic-stock/v1/ranking/quote-balance
      FID_COND_MRKT_DIV_CODE J NX
      FID_RANK_SORT_CLS_CODE 0 1 2 3
    domestic-stock/v1/ranking/short-sale
      FID_INPUT_CNT_1 0 1 2 3 4 9 14
      FID_INPUT_ISCD 0000 0001 1001 2001 4001 3003
      FID_PERIOD_DIV_CODE D M
    domestic-stock/v1/ranking/top-interest-stock
      FID_COND_MRKT_DIV_CODE J NX
      FID_DIV_CLS_CODE 0 1 2 3 4 5 6 7
      FID_INPUT_CNT_1 1 10
      FID_INPUT_ISCD 0000 0001 1001 2001
    domestic-stock/v1/ranking/traded-by-company
      FID_APLY_RANG_VOL 0 100
      FID_COND_MRKT_DIV_CODE J NX
      FID_DIV_CLS_CODE 0 1 2 3 4 5 6 7
      FID_INPUT_ISCD 0000 0001 1001 2001 4001
      FID_RANK_SORT_CLS_CODE 0 1
    domestic-stock/v1/ranking/volume-power
      FID_COND_MRKT_DIV_CODE J NX
      FID_DIV_CLS_CODE 0 1 2
      FID_INPUT_ISCD 0000 0001 1001 2001
    elw/v1/quotations/cond-search
      FID_DIV_CLS_CODE 0 1 2
      FID_ETC_CLS_CODE 0 1 2
      FID_INPUT_CNT_1 1 2
      FID_INPUT_DATE_1 0 1 2 3 4
      FID_INPUT_DATE_2 0 1 2 3 4 5 6 7
      FID_MRKT_CLS_CODE A CO PO
      FID_RANK_SORT_CLS_CODE 0 1 2 3 4 5 6 7 8 9 10
    elw/v1/quotations/expiration-stocks
      FID_DIV_CLS_CODE 0 1 2
      FID_INPUT_ISCD_2 00000 00003 00017 00005
      FID_UNAS_INPUT_ISCD 000000 2001
    elw/v1/quotations/indicator-trend-minute
      FID_HOUR_CLS_CODE 60 180 300 600 1800 3600 7200
      FID_PW_DATA_INCU_YN N Y
    elw/v1/quotations/newly-listed
      FID_INPUT_ISCD_2 00003 00017 00005
      FID_UNAS_INPUT_ISCD 000000 2001 3003 005930
    elw/v1/quotations/udrl-asset-list
      FID_INPUT_ISCD 00000 00003 00017 00005
      FID_RANK_SORT_CLS_CODE 0 1 2 3 4 5 6
    elw/v1/quotations/udrl-asset-price
      FID_INPUT_ISCD 00000 00003 00017 00005
      FID_MRKT_CLS_CODE A C P
      FID_OPTION 0 1 2 3
      FID_TRGT_EXLS_CLS_CODE 0 1
    elw/v1/quotations/volatility-trend-minute
      FID_HOUR_CLS_CODE 60 180 300 600 1800 3600
      FID_PW_DATA_INCU_YN N Y
    elw/v1/ranking/indicator
      FID_DIV_CLS_CODE 0 1 2
      FID_INPUT_ISCD 00000 00003 00017 00005
      FID_RANK_SORT_CLS_CODE 0 1 2 3 4
      FID_UNAS_INPUT_ISCD 000000 2001 3003 005930
    elw/v1/ranking/quick-change
      FID_HOUR_CLS_CODE 1 2
      FID_INPUT_ISCD 00000 00003 00017 00005
      FID_RANK_SORT_CLS_CODE 1 2 3 4 5
      FID_UNAS_INPUT_ISCD 000000 2001 3003 005930
    elw/v1/ranking/sensitivity
      FID_DIV_CLS_CODE 0 1 2
      FID_INPUT_ISCD 00000 00003 00017 00005
      FID_RANK_SORT_CLS_CODE 0 1 2 3 4 5 6 7
      FID_UNAS_INPUT_ISCD 000000 2001 3003 005930
    elw/v1/ranking/updown-rate
      FID_DIV_CLS_CODE 0 1 2
      FID_INPUT_ISCD 00000 00003 00017 00005
      FID_INPUT_RMNN_DYNU_1 0 1 2 3 4 5 6 7
      FID_RANK_SORT_CLS_CODE 0 1 2 3 4
      FID_UNAS_INPUT_ISCD 000000 2001 3003 005930
    elw/v1/ranking/volume-rank
      FID_DIV_CLS_CODE 0 1 2
      FID_INPUT_ISCD 00000 00003 00017 00005
      FID_RANK_SORT_CLS_CODE 0 1 2 3 4 5
    etfetn/v1/quotations/inquire-price
      FID_COND_MRKT_DIV_CODE J NX UN
    etfetn/v1/quotations/nav-comparison-time-trend
      FID_HOUR_CLS_CODE 60 180 7200
    overseas-futureoption/v1/quotations/investor-unpd-trend
      UPMU_GUBUN 0 1
    overseas-futureoption/v1/quotations/market-time
      FM_CLAS_CD 001 002 003 004 005 006 007
      FM_EXCG_CD CME EUREX ICE SGX OSE ASX CBOE MDEX NYSE BMF FTX HNX ETC
      OPT_YN % N Y
    overseas-price/v1/quotations/colable-by-company
      NATN_CD 840 344 156
    overseas-price/v1/quotations/dailyprice
      EXCD HKS NYS NAS AMS TSE SHS SZS SHI SZI HSX HNX
      GUBN 0 1 2
    overseas-price/v1/quotations/industry-price
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
    overseas-price/v1/quotations/industry-theme
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
      VOL_RANG 0 1 2 3 4 5 6
    overseas-price/v1/quotations/inquire-asking-price
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE BAY BAQ BAA
    overseas-price/v1/quotations/inquire-ccnl
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
      TDAY 0 1
    overseas-price/v1/quotations/inquire-daily-chartprice
      FID_COND_MRKT_DIV_CODE N X I S
      FID_PERIOD_DIV_CODE D W M Y
    overseas-price/v1/quotations/inquire-search
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
    overseas-price/v1/quotations/inquire-time-indexchartprice
      FID_COND_MRKT_DIV_CODE N X KX
    overseas-price/v1/quotations/inquire-time-itemchartprice
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE BAY BAQ BAA
      NMIN 1 2
      PINC 0 1
    overseas-price/v1/quotations/news-title
      NATION_CD CN HK US
    overseas-price/v1/quotations/period-rights
      INQR_DVSN_CD 02 03 04
      RGHT_TYPE_CD %% 01 02 03 11 14 15 17 54 61 71 74 75 76 77
    overseas-price/v1/quotations/price
      EXCD HKS NYS NAS AMS TSE SHS SZS SHI SZI HSX HNX BAY BAQ BAA
    overseas-price/v1/quotations/price-detail
      EXCD HKS NYS NAS AMS TSE SHS SZS SHI SZI HSX HNX BAY BAQ BAA
    overseas-price/v1/quotations/rights-by-ice
      NCOD CN HK US JP VN
    overseas-price/v1/quotations/search-info
      PRDT_TYPE_CD 512 513 529 515 501 543 558 507 508 551 552
    overseas-stock/v1/ranking/market-cap
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
      VOL_RANG 0 1 2 3 4 5 6
    overseas-stock/v1/ranking/new-highlow
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
      GUBN 0 1
      GUBN2 0 1
      MINX 0 1 2 3 4 5 6 7 8 9
      VOL_RANG 0 1 2 3 4 5 6
    overseas-stock/v1/ranking/price-fluct
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
      GUBN 0 1
      MINX 0 1 2 3 4 5 6 7 8 9
      VOL_RANG 0 1 2 3 4 5 6
    overseas-stock/v1/ranking/trade-growth
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
      NDAY 0 1 2 3 4 5 6 7 8 9
      VOL_RANG 0 1 2 3 4 5 6
    overseas-stock/v1/ranking/trade-pbmn
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
      NDAY 0 1 2 3 4 5 6 7 8 9
      VOL_RANG 0 1 2 3 4 5 6
    overseas-stock/v1/ranking/trade-turnover
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
      NDAY 0 1 2 3 4 5 6 7 8 9
      VOL_RANG 0 1 2 3 4 5 6
    overseas-stock/v1/ranking/trade-vol
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
      NDAY 0 1 2 3 4 5 6 7 8 9
      VOL_RANG 0 1 2 3 4 5 6
    overseas-stock/v1/ranking/updown-rate
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
      GUBN 0 1
      NDAY 0 1 2 3 4 5 6 7 8 9
      VOL_RANG 0 1 2 3 4 5 6
    overseas-stock/v1/ranking/volume-power
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
      NDAY 0 1 2 3 4 5 6 7 8 9
      VOL_RANG 0 1 2 3 4 5 6
    overseas-stock/v1/ranking/volume-surge
      EXCD NYS NAS AMS HKS SHS SZS HSX HNX TSE
      MINX 0 1 2 3 4 5 6 7 8 9
      VOL_RANG 0 1 2 3 4 5 6
    """)

  /// Of inquiries about accounts.
  static let accounts = read(
    """
    domestic-bond/v1/trading/inquire-balance
      INQR_CNDT 00 01
    domestic-bond/v1/trading/inquire-daily-ccld
      NCCS_YN N C Y
      SLL_BUY_DVSN_CD % 01 02
      SORT_SQN_DVSN 01 02
    domestic-futureoption/v1/trading/inquire-ccnl
      CCLD_NCCS_DVSN 00 01 02
      SLL_BUY_DVSN_CD 00 01 02
      SORT_SQN AS DS
    domestic-futureoption/v1/trading/inquire-ngt-ccnl
      CCLD_NCCS_DVSN 00 01 02
      FUOP_DVSN_CD 01 02
      SLL_BUY_DVSN_CD 00 01 02
    domestic-futureoption/v1/trading/inquire-psbl-ngt-order
      ORD_DVSN_CD 01 02 03 04 10 11 12 13 14 15
      SLL_BUY_DVSN_CD 01 02
    domestic-futureoption/v1/trading/inquire-psbl-order
      SLL_BUY_DVSN_CD 01 02
    domestic-stock/v1/trading/inquire-balance
      INQR_DVSN 01 02
    domestic-stock/v1/trading/inquire-credit-psamount
      CRDT_TYPE 21 23 26 28 25 27 22 24
      ORD_DVSN 00 01 02 03 04 05 06 07
    domestic-stock/v1/trading/inquire-daily-ccld
      CCLD_DVSN 00 01 02
      INQR_DVSN 00 01
      INQR_DVSN_1 1 2
      INQR_DVSN_3 00 01 02 03 04 05 06 07
      SLL_BUY_DVSN_CD 00 01 02
    domestic-stock/v1/trading/inquire-period-profit
      SORT_DVSN 00 01 02
    domestic-stock/v1/trading/inquire-period-trade-profit
      SORT_DVSN 00 01 02
    domestic-stock/v1/trading/inquire-psbl-rvsecncl
      INQR_DVSN_1 0 1
      INQR_DVSN_2 0 1 2
    domestic-stock/v1/trading/intgr-margin
      FWEX_CTRT_FRCR_DVSN_CD 01 02
      WCRC_FRCR_DVSN_CD 01 02
    domestic-stock/v1/trading/pension/inquire-daily-ccld
      CCLD_NCCS_DVSN %% 01 02
      SLL_BUY_DVSN_CD 00 01 02
    domestic-stock/v1/trading/pension/inquire-psbl-order
      ORD_DVSN 00 01
    overseas-futureoption/v1/trading/inquire-ccld
      CCLD_NCCS_DVSN 01 02 03
      FUOP_DVSN 00 01 02
      SLL_BUY_DVSN_CD %% 01 02
    overseas-futureoption/v1/trading/inquire-daily-ccld
      CRCY_CD %%% TUS TKR KRW USD EUR HKD CNY JPY VND
      FUOP_DVSN_CD 00 01 02
      SLL_BUY_DVSN_CD %% 01 02
    overseas-futureoption/v1/trading/inquire-daily-order
      CCLD_NCCS_DVSN 01 02 03
      FUOP_DVSN 00 01 02
      SLL_BUY_DVSN_CD 01 02
    overseas-futureoption/v1/trading/inquire-deposit
      CRCY_CD TUS TKR KRW USD EUR HKD CNY JPY VND
    overseas-futureoption/v1/trading/inquire-period-ccld
      CRCY_CD %%% TUS TKR KRW USD EUR HKD CNY JPY
      FUOP_DVSN 00 01 02
    overseas-futureoption/v1/trading/inquire-period-trans
      ACNT_TR_TYPE_CD 1 2 3
      CRCY_CD %%% TUS TKR KRW USD EUR HKD CNY JPY VND
    overseas-futureoption/v1/trading/inquire-psamount
      SLL_BUY_DVSN_CD 01 02
    overseas-futureoption/v1/trading/inquire-unpd
      FUOP_DVSN 00 01 02
    overseas-futureoption/v1/trading/margin-detail
      CRCY_CD TKR TUS USD HKD CNY VND
    overseas-stock/v1/trading/daytime-order
      OVRS_EXCG_CD NASD NYSE AMEX
    overseas-stock/v1/trading/daytime-order-rvsecncl
      OVRS_EXCG_CD NASD NYSE AMEX
      RVSE_CNCL_DVSN_CD 01 02
    overseas-stock/v1/trading/inquire-balance
      OVRS_EXCG_CD NASD NYSE AMEX NAS SEHK SHAA SZAA TKSE HASE VNSE
      TR_CRCY_CD USD HKD CNY JPY VND
    overseas-stock/v1/trading/inquire-ccnl
      CCLD_NCCS_DVSN 00 01 02
      OVRS_EXCG_CD NASD NYSE AMEX SEHK SHAA SZAA TKSE HASE VNSE
      SLL_BUY_DVSN 00 01 02
      SORT_SQN DS AS
    overseas-stock/v1/trading/inquire-nccs
      OVRS_EXCG_CD NASD NYSE AMEX SEHK SHAA SZAA TKSE HASE VNSE
    overseas-stock/v1/trading/inquire-paymt-stdr-balance
      INQR_DVSN_CD 00 01 02
      WCRC_FRCR_DVSN_CD 01 02
    overseas-stock/v1/trading/inquire-period-profit
      CRCY_CD USD HKD CNY JPY VND
      OVRS_EXCG_CD NASD SEHK SHAA TKSE HASE
      WCRC_FRCR_DVSN_CD 01 02
    overseas-stock/v1/trading/inquire-period-trans
      SLL_BUY_DVSN_CD 00 01 02
    overseas-stock/v1/trading/inquire-present-balance
      INQR_DVSN_CD 00 01 02
      NATN_CD 000 840 344 156 392 704
      TR_MKET_CD 00 01 02 03 04 05
      WCRC_FRCR_DVSN_CD 01 02
    overseas-stock/v1/trading/inquire-psamount
      OVRS_EXCG_CD NASD NYSE AMEX SEHK SHAA SZAA TKSE HASE VNSE
    overseas-stock/v1/trading/order-resv-list
      INQR_DVSN_CD 00 01 02
      OVRS_EXCG_CD NASD NYSE AMEX SEHK SHAA SZAA TKSE HASE VNSE
    """)

  private static func read(_ text: String) -> [(path: String, parameter: String, values: [String])] {
    var path = ""
    var rows: [(path: String, parameter: String, values: [String])] = []
    for line in text.split(separator: "\n") {
      guard line.hasPrefix("  ") else {
        path = String(line)
        continue
      }
      let words = line.split(separator: " ").map(String.init)
      rows.append((path, words[0], Array(words.dropFirst())))
    }
    return rows
  }
}
