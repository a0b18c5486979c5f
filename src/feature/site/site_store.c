/* site_store.c - sites and their table of fields. */
#include "feature/site/site.h"

#include "feature/site/site_store.h"

static const struct choice kinds[] = {{"hub"}, {"feature"}, {"region"}, {"station"}, {0}};
static const struct field fields[] = {
    FIELD(struct site, id, ID, .see = ANYONE, .put = NOBODY, .doc = "Site."),
    FIELD(struct site, city, INT, .see = ANYONE, .put = NOBODY, .doc = "City code."),
    FIELD(struct site, district, INT, .district = true, .min = 110000, .max = 659999, .see = ANYONE, .put = CITY_ADMIN,
          .required = true, .doc = "District code."),
    FIELD(struct site, name, TEXT, .min = 2, .max = 60, .see = ANYONE, .put = CITY_ADMIN, .required = true, .doc = "Name."),
    FIELD(struct site, kind, ENUM, .choices = kinds, .see = ANYONE, .put = CITY_ADMIN, .doc = "Class in 1+5+2."),
    FIELD(struct site, address, TEXT, .max = 120, .see = ANYONE, .put = CITY_ADMIN, .doc = "Address."),
    FIELD(struct site, place, GEO, .see = ANYONE, .put = CITY_ADMIN, .doc = "WGS-84."),
    FIELD(struct site, hours, TEXT, .max = 60, .see = ANYONE, .put = CITY_ADMIN, .doc = "Opening hours."),
    FIELD(struct site, phone, TEXT, .max = 20, .see = ANYONE, .put = CITY_ADMIN, .doc = "Public phone."),
    {0}};
const struct record site_record = {"site", sizeof(struct site), fields, "A market or station."};

#define COLUMNS "id, city, district, name, kind, address, place_lon, place_lat, hours, phone"
static const struct query add = {
    "site.add", "INSERT INTO site (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
static const struct query all = {"site.all", "SELECT " COLUMNS
                                             " FROM site WHERE city = $1 ORDER BY kind, name"};
static const struct query one = {"site.get", "SELECT " COLUMNS " FROM site WHERE city = $1 AND id = $2"};
const struct query *const site_queries[] = {&add, &all, &one, NULL};

enum err site_add(struct request *rq, const struct site *s)
{
    return record_insert(rq, &add, &site_record, s);
}

enum err site_all(struct request *rq, struct site **ret, size_t *ret_n)
{
    return rows_to_records(rq, &all, ARGS(I(rq->city)), &site_record, (void **)ret, ret_n);
}

enum err site_get(struct request *rq, int64_t id, struct site *ret)
{
    return row_to_record(rq, &one, ARGS(I(rq->city), I(id)), &site_record, ret);
}
