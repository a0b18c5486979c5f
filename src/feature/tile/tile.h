/* tile.h - the background of maps out of one MBTiles file (SQLite) that the operator names in the
 * configuration. Without a file there is no map, and screens draw where things lie by themselves. Nothing
 * is ever fetched from another host. */
#pragma once
#include "http/app.h"

extern const struct feature tile_feature;
