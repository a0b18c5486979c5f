/* db_fixture.h - the databases a test runs on: a fresh SQLite file always, PostgreSQL when
 * LINGJI_TEST_PG names one (its schema is dropped first). */
#pragma once
#include "db/db.h"

/* Runs fn once per engine with an empty database; the name of the engine is for messages. */
void each_db(void (*fn)(struct db *db, const char *engine));
/* URL of an empty database: i = 0 SQLite in a fresh folder, 1 PostgreSQL; empty when there is none.
 */
struct str fresh_db(struct arena *a, int i);
/* The same with the tables of `m`, all without rows. They are made once a process: that is most of the
 * work of opening a program. */
struct str filled_db(struct arena *a, int i, const struct migration *m, size_t n);
const char *fresh_folder(void); /* an empty folder, until drop_fresh */
void drop_fresh(void); /* removes what fresh_db made */
