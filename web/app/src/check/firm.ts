// firm.ts - what is known of a firm.
import type { Rec } from '../api'
import { t } from '../texts'

// A firm that an advertisement named has a made-up code until somebody has seen its licence.
export const coded = (f: Rec<'employer'>): boolean => !f.uscc.startsWith('import-')
// By what it is known, to be compared with what is shown: of a household the card of whoever keeps it.
export const paper = (f: Rec<'employer'>): string => (f.id_number ? `${t('app.firm.id_number')} ${f.id_number}` : `${t('app.firm.uscc')} ${f.uscc}`)
