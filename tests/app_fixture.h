/* app_fixture.h - the whole program in a test, without a socket: a fresh database, a clock that the
 * test sets, and calls that travel the same way as from outside (lane, session, CSRF, roles). */
#pragma once
#include "cmd/cmd.h"
#include "http/request.h"

struct town {
    struct arena a;
    struct config config;
    struct app app;
    int64_t now_ms;
    enum lang lang; /* of who calls; Chinese to begin with */
    const char *ip; /* of who calls; NULL = this machine */
    const char *from; /* the address of the page on which its browser is, at http://town; NULL = none said */
    struct str typed; /* what its browser keeps of a form for the page after it: the value of that cookie */
    bool unattended; /* its screen asks by itself */
    bool spoiled; /* on purpose, by forged or invented rows: the invariants are not asked afterwards */
};
bool town_sound(struct town *t); /* the invariants hold; asked after every test anyway */
/* Runs fn once per engine; afterwards the invariants must hold. The clock stands at 2026-11-24 09:00 in Guangzhou. */
void each_town(void (*fn)(struct town *t));
/* The same for calls from many threads: as many connections to PostgreSQL as a server has by default. */
void each_busy_town(void (*fn)(struct town *t));

struct answer {
    int status;
    struct str body, location, token; /* token: of the cookie that came with it, "" where none did */
};
/* One request; `token` is a session of town_sign_in or "". body "" = none; JSON if it begins with
 * '{', else a form. */
struct answer town_call(struct town *t, enum method m, const char *path, const char *body, struct str token);
/* Those whom a desk finds. */
struct answer town_found(struct town *t, const char *q, struct str desk);
/* The same as town_call by a browser, which sends the token as its cookie, with what guards a form. */
struct answer town_browse(struct town *t, enum method m, const char *path, const char *body, struct str token);
/* The same with bytes as the body. */
struct answer town_send(struct town *t, enum method m, const char *path, struct str body, struct str token);
/* A GET that asks for a workbook, and one file of it ("xl/worksheets/sheet1.xml"); empty if it has none. */
struct answer town_sheet(struct town *t, const char *path, struct str token);
struct str unzip(struct arena *a, struct str zip, const char *name);
/* A session for an account with these roles over the whole city (or one district). */
struct str town_staff(struct town *t, uint32_t roles, int64_t district);
struct str town_staff_at(struct town *t, uint32_t roles, int64_t district, int64_t site_id); /* at one site */
struct str town_seeker(struct town *t, const char *phone, int64_t *ret_person);
/* As town_call for several threads at once: only the status comes back. */
int town_call_alone(struct town *t, enum method m, const char *path, const char *body, struct str token);
struct str town_employer(struct town *t, const char *name, int64_t *ret_employer);
/* An address or a body with an id in its middle. */
const char *town_at(struct town *t, const char *head, struct str id, const char *tail);
/* POST of something new: its id. */
struct str town_made(struct town *t, const char *path, const char *body, struct str token);
/* Value of "name":"..." or "name":number in a JSON body; empty if there is none. */
struct str json_value(struct town *t, struct str body, const char *name);
