import type { Fact } from '../components/FactList.vue'

/** Telephone and web site as facts; only what is known, and only web addresses that a browser may safely open. */
export function contactFacts(of: { phone?: string; website?: string }, t: (key: string) => string): Fact[] {
  const facts: Fact[] = []
  if (of.phone) facts.push({ label: t('contact.phone'), lines: [{ text: of.phone, href: `tel:${of.phone.replace(/[^+\d]/g, '')}` }] })
  if (of.website && /^https?:\/\//.test(of.website)) {
    facts.push({ label: t('contact.website'), lines: [{ text: of.website.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, ''), href: of.website }] })
  }
  return facts
}
