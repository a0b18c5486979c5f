/* shut.h - for a process that decodes what strangers sent: after this it can read and write what is
 * open and use memory, and nothing else. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* At most cpu_s seconds of processor and `memory` bytes of address space (0 = as the system has it).
 * False when the filter does not hold: then go no further. */
bool shut_in(unsigned cpu_s, size_t memory);
