/** The tone of a level, beside its word and sign: never by colour alone. */
export type Tone = 'good' | 'ochre' | 'danger' | 'quiet'

const tones: Record<string, Tone> = { clear: 'good', comfortable: 'good', busy: 'ochre', crowded: 'danger', packed: 'danger' }

export const toneOf = (level: string | null | undefined): Tone => tones[level ?? ''] ?? 'quiet'
