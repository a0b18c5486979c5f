/* config.h - lingji.conf (key = value, # comments) and LINGJI_* environment over defaults. An
 * unknown key is an error with its line number and the nearest known key. */
#pragma once
#include "base/str.h"

enum { CONFIG_KEYS = 33 };

struct config {
    struct str from[CONFIG_KEYS]; /* per key: "default", "lingji.conf:3", "environment" */
    struct str data;         /* data folder */
    struct str db;           /* "" = sqlite:<data>/lingji.db */
    struct str listen;       /* "[::]:8080" or "127.0.0.1:8080"; several split by ',' */
    struct str public_url;   /* "" = from the Host header */
    int64_t city;            /* 440100 */
    int64_t threads;         /* network threads, 0 = cores */
    int64_t pg_conns;        /* pool size on PostgreSQL, default 8 */
    int64_t max_connections; /* default 20500, clipped to the file limit - 100 */
    int64_t address_connections; /* from one address (or /64); 0 = a quarter of what is held */
    int64_t arrival_s;       /* head and first 64 KiB of a request, then one more per 8 KiB */
    int64_t reply_s;         /* for a reply to be taken, then one more per 4 KiB of it */
    struct str trusted_proxy; /* addresses and networks whose X-Forwarded-For is believed, or "" */
    int64_t lane_depth;      /* waiting writes before 503, default 1024 */
    int64_t node;            /* 0..1022 in ids; of those that serve one database each has its own */
    struct str code_driver; /* how messages leave: "file", "http", "log" (demo only) */
    struct str code_file;   /* "" = outbox.txt in the data folder */
    /* http: a POST per message; {phone} and {text} in URL and body stand for the two, escaped. A body
     * that starts with { is JSON, any other a form. The header is for your key. */
    struct str code_url, code_body, code_header;
    struct str printer;       /* "host:9100" of the receipt printer in the hall, or "" */
    struct str tiles;         /* an MBTiles file of the city's map, or "" */
    struct str occupations;   /* word lists for imports (docs/import.md), or "" */
    struct str divisions;
    struct str places;        /* names of places with coordinates, beside our own; or "" */
    struct str rules;         /* folder of the city's own *.rule files, or "" */
    struct str backup_dir;    /* "" = the data folder */
    int64_t backup_every_min; /* 15 */
    bool films;               /* films and voices are taken, where lingji-media runs; default on */
    int64_t film_days;        /* films of visits are kept so long, 60 */
    bool rate_limits;         /* default on */
    int64_t staff_idle_h;     /* a staff session that nobody used so long ends, 12 */
    bool tls;                 /* behind a TLS proxy: Secure cookies, HSTS */
    struct str demo_at;       /* where the clock of the demonstration begins, RFC 3339; "" = now */
};

/* Reads file (may be "" = none) and the environment. ERR_INPUT with "lingji.conf:3: ..." */
MUST_USE enum err config_load(struct arena *a, struct str path, const char *const *env,
                              struct config *ret, struct str *ret_why);
/* Read when no other file is named, if it is there. */
#define CONFIG_SYSTEM "/etc/lingji/lingji.conf"
/* True when the key is as it is by default, or as that file says: nobody named it for this one call. */
bool config_usual(const struct config *c, const char *name);
/* For a reload: what only a start can change becomes again as it is in `old`, copied into `a`; the
 * names of those that differed, split by ", ". */
struct str config_keep_fixed(struct arena *a, const struct config *old, struct config *c);
/* What is in force, as a file: defaults behind a #, others under where they came from; secrets masked. */
struct buf;
void config_dump(const struct config *c, struct buf *out);
