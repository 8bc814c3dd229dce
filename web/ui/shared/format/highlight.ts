/** A run of text; `hit` where the query matched. */
export interface Run {
  text: string
  hit: boolean
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#34;': '"', '&#39;': "'", '&apos;': "'" }

/**
 * Takes apart a highlight of the server, whose only element is <em> around each match and whose text is escaped. The runs
 * are shown as text: nothing of it is ever handed to the browser as HTML.
 */
export function runsOf(html: string | undefined): Run[] {
  const runs: Run[] = []
  let hit = false
  for (const part of (html ?? '').split(/(<\/?em>)/)) {
    if (part === '<em>') hit = true
    else if (part === '</em>') hit = false
    else if (part) runs.push({ text: part.replace(/&(?:amp|lt|gt|quot|apos|#34|#39);/g, (e) => entities[e]!), hit })
  }
  return runs
}
