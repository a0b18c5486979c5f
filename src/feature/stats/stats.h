/* stats.h - the day in numbers: what a site manager, a district and the city look at first. Every
 * number is the size of a list that can be opened, so that it can be argued with. */
#pragma once
#include "http/app.h"

extern const struct feature stats_feature;
