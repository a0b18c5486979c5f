/* geo.h - places. WGS-84 degrees inside; GCJ-02 only at the border of the system. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct geo {
    double lon, lat; /* degrees; lon 0, lat 0 means unknown */
};

bool geo_known(struct geo p);
bool geo_in_china(struct geo p); /* within a box around it: what was read is degrees of a place there */
struct geo geo_near(struct geo p); /* in whole thousandths of a degree: within a hundred metres of it */
double geo_m(struct geo a, struct geo b); /* metres, great circle */

/* The same in whole millionths of a degree, for what must be equal on every machine. */
struct point {
    int32_t lon, lat; /* 0, 0 = unknown */
};
struct point point_of(struct geo p); /* beyond the globe, or not a number: unknown */
bool point_known(struct point p);
int32_t point_m(struct point a, struct point b); /* metres, within 0.2 % up to 200 km */
int32_t point_cos(int32_t lat); /* a part of point_m: 65536 x cosine, falling with |lat| */

enum { WALK_MOST_MIN = 25 };
/* Minutes on foot: straight line x 1.3 detour at 75 m a minute (matching.md 7.9). Rounds up. */
int32_t geo_walk_min(int32_t straight_m);
/* Minutes of the way people would take: on foot up to 25 min, else bus or metro at 18 km/h
 * door to door plus 8 min of waiting and walking. Never falls with the distance. */
int32_t geo_travel_min(int32_t straight_m);
struct geo geo_from_gcj02(struct geo p); /* outside mainland China: unchanged */
struct geo geo_to_gcj02(struct geo p);
