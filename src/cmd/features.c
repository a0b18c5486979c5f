/* features.c - the table of contents: every duty of the market, in one list. */
#include "cmd/cmd.h"
#include "cmd/key_store.h"
#include "feature/account/account.h"
#include "feature/audit/audit.h"
#include "feature/away/away.h"
#include "feature/certificate/certificate.h"
#include "feature/employer/employer.h"
#include "feature/guide/guide.h"
#include "feature/hire/hire.h"
#include "feature/inspect/inspect.h"
#include "feature/job/job.h"
#include "feature/match/match.h"
#include "feature/notice/notice.h"
#include "feature/offer/offer.h"
#include "feature/person/person.h"
#include "feature/picture/picture.h"
#include "feature/plaza/plaza.h"
#include "feature/print/print.h"
#include "feature/queue/queue.h"
#include "feature/right/right.h"
#include "feature/site/site.h"
#include "feature/stats/stats.h"
#include "feature/tile/tile.h"
#include "feature/trust/trust.h"
#include "feature/wage/wage.h"
#include "http/feed.h"
#include "http/openapi.h"
#include "http/ops.h"
#include "http/store.h"
#include "http/ui.h"

/* What the http layer itself needs: its queries and its housekeeping. */
static const struct timer timers[] = {{.name = "http.idem_expire", .every_s = 3600, .run = idem_expire},
                                      {.name = "http.change_expire", .every_s = 3600, .run = change_expire},
                                      {.name = "http.feed_follow", .every_s = 2, .outside = feed_follow},
                                      {0}};
static const struct feature http_feature = {.name = "http", .queries = http_queries, .timers = timers};

const struct feature *const features[] = {
    &http_feature,
    &key_feature,
    &ui_feature,
    &ops_feature,
    &account_feature,
    &site_feature,
    &person_feature,
    &certificate_feature,
    &away_feature,
    &employer_feature,
    &job_feature,
    &match_feature,
    &hire_feature,
    &wage_feature,
    &inspect_feature,
    &notice_feature,
    &offer_feature,
    &picture_feature,
    &tile_feature,
    &plaza_feature,
    &guide_feature,
    &print_feature,
    &queue_feature,
    &right_feature,
    &stats_feature,
    &audit_feature,
    &trust_feature,
    &openapi_feature,
    &demo_feature,
    NULL};
