/* plaza.h - what stands in the hall of a market without a person in front of it: the board on the
 * wall and the kiosk. Each has an address with a token of its own, made and taken back by staff;
 * nobody signs in there, and no person is shown. */
#pragma once
#include "http/app.h"
#include "http/request.h"

enum screen_kind { SCREEN_HALL, SCREEN_KIOSK };
struct screen {
    int64_t id, city, site_id;
    int32_t kind; /* enum screen_kind */
    struct str name;
    struct str token_mac; /* hex; the token itself is shown once */
    int64_t called_ms;    /* somebody pressed "call staff" and nobody has come yet; 0 = no */
    int64_t made_ms, by_id;
};
extern const struct feature plaza_feature;
extern const struct record screen_record;
/* Fills id, city, times and the mac of `token`. */
MUST_USE enum err plaza_add_screen(struct request *rq, struct screen *s, struct str token);
