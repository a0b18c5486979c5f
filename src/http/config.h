/* config.h - lingji.conf (key = value, # comments) and LINGJI_* environment over defaults. An
 * unknown key is an error with its line number and the nearest known key. */
#pragma once
#include "base/str.h"

struct config {
    struct str data;         /* data folder */
    struct str db;           /* "" = sqlite:<data>/lingji.db */
    struct str listen;       /* "[::]:8080" or "127.0.0.1:8080"; several split by ',' */
    struct str public_url;   /* "" = from the Host header */
    int64_t city;            /* 440100 */
    int64_t threads;         /* network threads, 0 = cores */
    int64_t pg_conns;        /* pool size on PostgreSQL, default 8 */
    int64_t max_connections; /* default 20500, clipped to the file limit - 256 */
    int64_t lane_depth;      /* waiting writes before 503, default 1024 */
    int64_t node;            /* 0..1023 in ids */
    struct str code_driver;  /* "log" (demo only) or "file" */
    struct str code_file;
    struct str occupations;   /* path of occ_csco2022.csv, or "" */
    struct str backup_dir;    /* "" = the data folder */
    int64_t backup_every_min; /* 15 */
    bool rate_limits;         /* default on */
    bool tls;                 /* behind a TLS proxy: Secure cookies, HSTS */
    struct str demo_at;       /* where the clock of the demonstration begins, RFC 3339; "" = now */
};

/* Reads file (may be "" = none) and the environment. ERR_INPUT with "lingji.conf:3: ..." */
MUST_USE enum err config_load(struct arena *a, struct str path, const char *const *env,
                              struct config *ret, struct str *ret_why);
/* Effective values and where each came from; secrets masked. */
struct buf;
void config_dump(const struct config *c, struct buf *out);
