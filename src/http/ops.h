/* ops.h - health, readiness and figures for operators. */
#pragma once
#include "http/app.h"

extern const struct feature ops_feature;
