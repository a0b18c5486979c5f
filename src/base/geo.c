/* geo.c - distances, walking time, and the published GCJ-02 transform (Krasovsky 1940 ellipsoid).
 */
#include "base/geo.h"

#include <math.h>
#include <stddef.h>

static const double earth_m = 6371008.8, rad = M_PI / 180;

bool geo_known(struct geo p)
{
    return p.lon != 0 || p.lat != 0;
}

bool geo_in_china(struct geo p)
{
    return p.lon > 73 && p.lon < 136 && p.lat > 3 && p.lat < 54;
}

struct geo geo_near(struct geo p)
{
    return (struct geo){round(p.lon * 1000) / 1000, round(p.lat * 1000) / 1000};
}

double geo_m(struct geo a, struct geo b)
{
    double u = sin((b.lat - a.lat) * rad / 2), v = sin((b.lon - a.lon) * rad / 2);
    double h = u * u + cos(a.lat * rad) * cos(b.lat * rad) * v * v;
    return 2 * earth_m * asin(sqrt(h < 1 ? h : 1));
}

/* 65536 x the cosine of whole degrees. */
static const int32_t cosines[91] = {
    65536, 65526, 65496, 65446, 65376, 65287, 65177, 65048, 64898, 64729, 64540, 64332,
    64104, 63856, 63589, 63303, 62997, 62672, 62328, 61966, 61584, 61183, 60764, 60326,
    59870, 59396, 58903, 58393, 57865, 57319, 56756, 56175, 55578, 54963, 54332, 53684,
    53020, 52339, 51643, 50931, 50203, 49461, 48703, 47930, 47143, 46341, 45525, 44695,
    43852, 42995, 42126, 41243, 40348, 39441, 38521, 37590, 36647, 35693, 34729, 33754,
    32768, 31772, 30767, 29753, 28729, 27697, 26656, 25607, 24550, 23486, 22415, 21336,
    20252, 19161, 18064, 16962, 15855, 14742, 13626, 12505, 11380, 10252, 9121, 7987,
    6850, 5712, 4572, 3430, 2287, 1144, 0,
};

static int32_t micro(double deg, double most)
{
    return deg >= -most && deg <= most ? (int32_t)lround(deg * 1e6) : 0; /* NaN fails both */
}

struct point point_of(struct geo p)
{
    struct point r = {micro(p.lon, 180), micro(p.lat, 90)};
    bool off = (p.lon != 0 && !r.lon) || (p.lat != 0 && !r.lat);
    return off ? (struct point){0, 0} : r;
}

bool point_known(struct point p)
{
    return p.lon || p.lat;
}

int32_t point_cos(int32_t lat)
{
    uint32_t up = lat < 0 ? 0u - (uint32_t)lat : (uint32_t)lat, deg = up / 1000000, rest = up % 1000000;
    int64_t step = deg < 90 ? cosines[deg + 1] - cosines[deg] : 0;
    return cosines[deg < 90 ? deg : 90] + (int32_t)(step * rest / 1000000);
}

int32_t point_m(struct point a, struct point b)
{
    int64_t dlon = (int64_t)a.lon - b.lon, dlat = (int64_t)a.lat - b.lat;
    int64_t y = dlat * 111195 / 1000000, x = dlon * 111195 / 1000000 * point_cos(a.lat / 2 + b.lat / 2) / 65536;
    return (int32_t)sqrt((double)(x * x + y * y)); /* correctly rounded everywhere (IEEE 754) */
}

int32_t geo_walk_min(int32_t straight_m)
{
    return (int32_t)(((int64_t)straight_m * 13 + 749) / 750);
}

int32_t geo_travel_min(int32_t straight_m)
{
    int32_t walk = geo_walk_min(straight_m), ride = (int32_t)(((int64_t)straight_m * 13 + 2999) / 3000) + 8;
    return walk <= WALK_MOST_MIN ? walk : ride > WALK_MOST_MIN ? ride : WALK_MOST_MIN;
}

/* The published box, less Hong Kong and Macau, whose maps are not shifted. */
static bool in_mainland_box(struct geo p)
{
    static const double boxes[][4] = {{72.004, 137.8347, 0.8293, 55.8271}, {113.84, 114.44, 22.15, 22.45}, {113.549, 113.6, 22.1, 22.215}};
    bool in[3];
    for (size_t i = 0; i < 3; i++)
        in[i] = p.lon > boxes[i][0] && p.lon < boxes[i][1] && p.lat > boxes[i][2] && p.lat < boxes[i][3];
    return in[0] && !in[1] && !in[2];
}

/* The periodic part both offsets share: three sines of the given step. */
static double wave(double t, double half, double whole, double slow, const double k[3])
{
    return 2.0 / 3 * (k[0] * sin(t * half) + k[1] * sin(t * whole) + k[2] * sin(t * slow));
}

static struct geo shift_m(double x, double y)
{
    double common = (20 * sin(6 * x * M_PI) + 20 * sin(2 * x * M_PI)) * 2 / 3;
    static const double k_lat[3] = {160, 20, 40}, k_lon[3] = {150, 20, 40};
    double lat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(fabs(x)) + common;
    double lon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(fabs(x)) + common;
    lat += wave(y, M_PI / 12, M_PI, M_PI / 3, k_lat) + 320.0 * 2 / 3 * sin(y * M_PI / 30);
    lon += wave(x, M_PI / 12, M_PI, M_PI / 3, k_lon) + 300.0 * 2 / 3 * sin(x * M_PI / 30);
    return (struct geo){lon, lat};
}

struct geo geo_to_gcj02(struct geo p)
{
    static const double a = 6378245, ee = 0.00669342162296594323;
    if (!in_mainland_box(p))
        return p;
    struct geo m = shift_m(p.lon - 105, p.lat - 35);
    double s = sin(p.lat * rad), magic = 1 - ee * s * s;
    double per_lat = a * (1 - ee) / (magic * sqrt(magic)) * rad;
    double per_lon = a / sqrt(magic) * cos(p.lat * rad) * rad;
    return (struct geo){p.lon + m.lon / per_lon, p.lat + m.lat / per_lat};
}

struct geo geo_from_gcj02(struct geo p)
{
    struct geo guess = p;
    if (!in_mainland_box(p))
        return p;
    for (int i = 0; i < 5; i++) { /* converges to millimetres */
        struct geo back = geo_to_gcj02(guess);
        guess.lon -= back.lon - p.lon;
        guess.lat -= back.lat - p.lat;
    }
    return guess;
}
