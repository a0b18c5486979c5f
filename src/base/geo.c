/* geo.c - distances, walking time, and the published GCJ-02 transform (Krasovsky 1940 ellipsoid).
 */
#include "base/geo.h"

#include <math.h>

static const double earth_m = 6371008.8, rad = M_PI / 180;

bool geo_known(struct geo p)
{
    return p.lon != 0 || p.lat != 0;
}

double geo_m(struct geo a, struct geo b)
{
    double u = sin((b.lat - a.lat) * rad / 2), v = sin((b.lon - a.lon) * rad / 2);
    double h = u * u + cos(a.lat * rad) * cos(b.lat * rad) * v * v;
    return 2 * earth_m * asin(sqrt(h < 1 ? h : 1));
}

int32_t geo_walk_min(double straight_m)
{
    return (int32_t)ceil(straight_m * 1.3 / 75);
}

int32_t geo_travel_min(double straight_m)
{
    int32_t walk = geo_walk_min(straight_m);
    return walk <= 25 ? walk : (int32_t)ceil(straight_m * 1.3 / 300) + 8;
}

static bool in_mainland_box(struct geo p)
{
    return p.lon > 72.004 && p.lon < 137.8347 && p.lat > 0.8293 && p.lat < 55.8271;
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
