/* features.c - the table of contents: every duty of the market, in one list. */
#include "cmd/cmd.h"
#include "feature/account/account.h"
#include "feature/employer/employer.h"
#include "feature/hire/hire.h"
#include "feature/inspect/inspect.h"
#include "feature/job/job.h"
#include "feature/match/match.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/site/site.h"
#include "feature/wage/wage.h"
#include "http/feed.h"
#include "http/openapi.h"
#include "http/ops.h"
#include "http/store.h"
#include "http/ui.h"

/* What the http layer itself needs: its queries and its housekeeping. */
static const struct timer timers[] = {{"http.idem_expire", 3600, idem_expire}, {0}};
static const struct timer readers[] = {{"http.feed_follow", 2, feed_follow}, {0}};
static const struct feature http_feature = {.name = "http", .queries = http_queries, .timers = timers, .readers = readers};

const struct feature *const features[] = {&http_feature,   &ui_feature,     &ops_feature,      &account_feature,
                                          &site_feature,   &person_feature,   &employer_feature,
                                          &job_feature,    &match_feature,    &hire_feature,    &wage_feature,
                                          &inspect_feature, &notice_feature,  &openapi_feature, NULL};
