// firm.ts - what is known of a firm.
import type { Rec } from '../api'

// A firm that an advertisement named has a made-up code until somebody has seen its licence.
export const coded = (f: Rec<'employer'>): boolean => !f.uscc.startsWith('import-')
