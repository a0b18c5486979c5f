/* geo.h - places. WGS-84 degrees inside; GCJ-02 only at the border of the system. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct geo {
    double lon, lat; /* degrees; lon 0, lat 0 means unknown */
};

bool geo_known(struct geo p);
double geo_m(struct geo a, struct geo b); /* metres, great circle */
/* Minutes on foot: straight line x 1.3 detour at 75 m a minute (matching.md 7.9). Rounds up. */
int32_t geo_walk_min(double straight_m);
/* Minutes of the way people would take: on foot up to 25 min, else bus or metro at 18 km/h
 * door to door plus 8 min of waiting and walking. */
int32_t geo_travel_min(double straight_m);
struct geo geo_from_gcj02(struct geo p); /* outside mainland China: unchanged */
struct geo geo_to_gcj02(struct geo p);
