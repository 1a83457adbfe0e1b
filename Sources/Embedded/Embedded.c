#include "Embedded.h"

// Compilers call it an extension before C23, and an own language standard would be an unsafe flag for packages that
// depend on this one.
#pragma clang diagnostic ignored "-Wc23-extensions"

// `#embed` cannot stand in a macro, so every file is an array of its own; ShippedFileTests keeps both lists complete.
static const unsigned char scenarios_bad_network_yaml[] = {
#embed "../../scenarios/bad-network.yaml"
};
static const unsigned char scenarios_duplicate_app_key_yaml[] = {
#embed "../../scenarios/duplicate-app-key.yaml"
};
static const unsigned char scenarios_falling_share_yaml[] = {
#embed "../../scenarios/falling-share.yaml"
};
static const unsigned char scenarios_gateway_errors_yaml[] = {
#embed "../../scenarios/gateway-errors.yaml"
};
static const unsigned char scenarios_market_open_rush_yaml[] = {
#embed "../../scenarios/market-open-rush.yaml"
};
static const unsigned char scenarios_official_client_yaml[] = {
#embed "../../scenarios/official-client.yaml"
};
static const unsigned char scenarios_rate_limit_storm_yaml[] = {
#embed "../../scenarios/rate-limit-storm.yaml"
};
static const unsigned char scenarios_reconnect_reregister_yaml[] = {
#embed "../../scenarios/reconnect-reregister.yaml"
};
static const unsigned char scenarios_schema_json[] = {
#embed "../../scenarios/schema.json"
};
static const unsigned char scenarios_silent_stall_yaml[] = {
#embed "../../scenarios/silent-stall.yaml"
};
static const unsigned char scenarios_simulated_day_yaml[] = {
#embed "../../scenarios/simulated-day.yaml"
};
static const unsigned char scenarios_simulated_session_yaml[] = {
#embed "../../scenarios/simulated-session.yaml"
};
static const unsigned char scenarios_slow_gateway_yaml[] = {
#embed "../../scenarios/slow-gateway.yaml"
};
static const unsigned char scenarios_token_expiry_yaml[] = {
#embed "../../scenarios/token-expiry.yaml"
};
static const unsigned char scenarios_unanswered_pingpong_yaml[] = {
#embed "../../scenarios/unanswered-pingpong.yaml"
};
static const unsigned char scenarios_vi_halt_yaml[] = {
#embed "../../scenarios/vi-halt.yaml"
};
static const unsigned char scenarios_vts_venue_yaml[] = {
#embed "../../scenarios/vts-venue.yaml"
};
static const unsigned char scenarios_width_change_at_midnight_yaml[] = {
#embed "../../scenarios/width-change-at-midnight.yaml"
};
static const unsigned char scenarios_wrong_iv_notice_yaml[] = {
#embed "../../scenarios/wrong-iv-notice.yaml"
};
static const unsigned char recordings_captured_2022_2025_jsonl[] = {
#embed "../../recordings/captured-2022-2025.jsonl"
};
static const unsigned char recordings_captured_2026_09_jsonl[] = {
#embed "../../recordings/captured-2026-09.jsonl"
};
static const unsigned char recordings_captured_2026_jsonl[] = {
#embed "../../recordings/captured-2026.jsonl"
};
static const unsigned char recordings_captured_paper_jsonl[] = {
#embed "../../recordings/captured-paper.jsonl"
};
static const unsigned char recordings_documented_jsonl[] = {
#embed "../../recordings/documented.jsonl"
};
static const unsigned char recordings_simulated_day_jsonl[] = {
#embed "../../recordings/simulated-day.jsonl"
};
static const unsigned char recordings_simulated_session_jsonl[] = {
#embed "../../recordings/simulated-session.jsonl"
};
static const unsigned char fixtures_go[] = {
#embed "../../fixtures/go/my_client_test.go"
};
static const unsigned char fixtures_junit[] = {
#embed "../../fixtures/junit/MyClientTest.java"
};
static const unsigned char fixtures_node[] = {
#embed "../../fixtures/node/my_client.test.mjs"
};
static const unsigned char fixtures_pytest[] = {
#embed "../../fixtures/pytest/test_my_client.py"
};
static const unsigned char page_api_js[] = {
#embed "../../page/api.js"
};
static const unsigned char page_catalogue_js[] = {
#embed "../../page/catalogue.js"
};
static const unsigned char page_charts_js[] = {
#embed "../../page/charts.js"
};
static const unsigned char page_curl_js[] = {
#embed "../../page/curl.js"
};
static const unsigned char page_dom_js[] = {
#embed "../../page/dom.js"
};
static const unsigned char page_faults_js[] = {
#embed "../../page/faults.js"
};
static const unsigned char page_filter_js[] = {
#embed "../../page/filter.js"
};
static const unsigned char page_frame_js[] = {
#embed "../../page/frame.js"
};
static const unsigned char page_frames_js[] = {
#embed "../../page/frames.js"
};
static const unsigned char page_happenings_js[] = {
#embed "../../page/happenings.js"
};
static const unsigned char page_icon_svg[] = {
#embed "../../page/icon.svg"
};
static const unsigned char page_index_html[] = {
#embed "../../page/index.html"
};
static const unsigned char page_list_js[] = {
#embed "../../page/list.js"
};
static const unsigned char page_main_js[] = {
#embed "../../page/main.js"
};
static const unsigned char page_market_js[] = {
#embed "../../page/market.js"
};
static const unsigned char page_requests_js[] = {
#embed "../../page/requests.js"
};
static const unsigned char page_scale_js[] = {
#embed "../../page/scale.js"
};
static const unsigned char page_sessions_js[] = {
#embed "../../page/sessions.js"
};
static const unsigned char page_store_js[] = {
#embed "../../page/store.js"
};
static const unsigned char page_style_css[] = {
#embed "../../page/style.css"
};
static const unsigned char page_texts_js[] = {
#embed "../../page/texts.js"
};
static const unsigned char page_timeline_js[] = {
#embed "../../page/timeline.js"
};
static const unsigned char page_yaml_js[] = {
#embed "../../page/yaml.js"
};

#define FILE_OF(path, array) {path, array, sizeof array}

static const struct EmbeddedFile files[] = {
  FILE_OF("scenarios/bad-network.yaml", scenarios_bad_network_yaml),
  FILE_OF("scenarios/duplicate-app-key.yaml", scenarios_duplicate_app_key_yaml),
  FILE_OF("scenarios/falling-share.yaml", scenarios_falling_share_yaml),
  FILE_OF("scenarios/gateway-errors.yaml", scenarios_gateway_errors_yaml),
  FILE_OF("scenarios/market-open-rush.yaml", scenarios_market_open_rush_yaml),
  FILE_OF("scenarios/official-client.yaml", scenarios_official_client_yaml),
  FILE_OF("scenarios/rate-limit-storm.yaml", scenarios_rate_limit_storm_yaml),
  FILE_OF("scenarios/reconnect-reregister.yaml", scenarios_reconnect_reregister_yaml),
  FILE_OF("scenarios/schema.json", scenarios_schema_json),
  FILE_OF("scenarios/silent-stall.yaml", scenarios_silent_stall_yaml),
  FILE_OF("scenarios/simulated-day.yaml", scenarios_simulated_day_yaml),
  FILE_OF("scenarios/simulated-session.yaml", scenarios_simulated_session_yaml),
  FILE_OF("scenarios/slow-gateway.yaml", scenarios_slow_gateway_yaml),
  FILE_OF("scenarios/token-expiry.yaml", scenarios_token_expiry_yaml),
  FILE_OF("scenarios/unanswered-pingpong.yaml", scenarios_unanswered_pingpong_yaml),
  FILE_OF("scenarios/vi-halt.yaml", scenarios_vi_halt_yaml),
  FILE_OF("scenarios/vts-venue.yaml", scenarios_vts_venue_yaml),
  FILE_OF("scenarios/width-change-at-midnight.yaml", scenarios_width_change_at_midnight_yaml),
  FILE_OF("scenarios/wrong-iv-notice.yaml", scenarios_wrong_iv_notice_yaml),
  FILE_OF("recordings/captured-2022-2025.jsonl", recordings_captured_2022_2025_jsonl),
  FILE_OF("recordings/captured-2026-09.jsonl", recordings_captured_2026_09_jsonl),
  FILE_OF("recordings/captured-2026.jsonl", recordings_captured_2026_jsonl),
  FILE_OF("recordings/captured-paper.jsonl", recordings_captured_paper_jsonl),
  FILE_OF("recordings/documented.jsonl", recordings_documented_jsonl),
  FILE_OF("recordings/simulated-day.jsonl", recordings_simulated_day_jsonl),
  FILE_OF("recordings/simulated-session.jsonl", recordings_simulated_session_jsonl),
  FILE_OF("fixtures/go/my_client_test.go", fixtures_go),
  FILE_OF("fixtures/junit/MyClientTest.java", fixtures_junit),
  FILE_OF("fixtures/node/my_client.test.mjs", fixtures_node),
  FILE_OF("fixtures/pytest/test_my_client.py", fixtures_pytest),
  FILE_OF("page/api.js", page_api_js),
  FILE_OF("page/catalogue.js", page_catalogue_js),
  FILE_OF("page/charts.js", page_charts_js),
  FILE_OF("page/curl.js", page_curl_js),
  FILE_OF("page/dom.js", page_dom_js),
  FILE_OF("page/faults.js", page_faults_js),
  FILE_OF("page/filter.js", page_filter_js),
  FILE_OF("page/frame.js", page_frame_js),
  FILE_OF("page/frames.js", page_frames_js),
  FILE_OF("page/happenings.js", page_happenings_js),
  FILE_OF("page/icon.svg", page_icon_svg),
  FILE_OF("page/index.html", page_index_html),
  FILE_OF("page/list.js", page_list_js),
  FILE_OF("page/main.js", page_main_js),
  FILE_OF("page/market.js", page_market_js),
  FILE_OF("page/requests.js", page_requests_js),
  FILE_OF("page/scale.js", page_scale_js),
  FILE_OF("page/sessions.js", page_sessions_js),
  FILE_OF("page/store.js", page_store_js),
  FILE_OF("page/style.css", page_style_css),
  FILE_OF("page/texts.js", page_texts_js),
  FILE_OF("page/timeline.js", page_timeline_js),
  FILE_OF("page/yaml.js", page_yaml_js),
};

const size_t embedded_file_count = sizeof files / sizeof files[0];

struct EmbeddedFile embedded_file(size_t index) { return files[index]; }

// `.ci/release` says which; other builds are of whatever their tree held.
#ifndef KIS_MOCK_COMMIT
#define KIS_MOCK_COMMIT ""
#endif

const char *embedded_commit(void) { return KIS_MOCK_COMMIT; }
