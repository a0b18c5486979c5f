/* ops.h - health, readiness and figures for operators; what an administrator is told of the machine. */
#pragma once
#include "http/app.h"

extern const struct feature ops_feature;
/* Little room on a disk of this size, both in bytes: reliability.md 2.5. */
bool disk_is_low(uint64_t free_b, uint64_t size_b);
