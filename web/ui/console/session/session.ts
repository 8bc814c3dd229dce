import { reactive, readonly } from 'vue'
import { createClient, type Client } from '@shared/api/client'
import type { components } from '@shared/api/schema'

export type Actor = components['schemas']['ActorView']
type SessionAnswer = components['schemas']['SessionOutputBody']

interface State {
  actor: Actor | undefined
  csrfToken: string
  /** Whether the server has been asked who is logged in. */
  asked: boolean
  /** The session ended while a page was open: the page stays, and the login is laid over it. */
  expired: boolean
}

const state = reactive<State>({ actor: undefined, csrfToken: '', asked: false, expired: false })

/** Who is logged in. */
export const session: Readonly<State> = readonly(state) as Readonly<State>

/** The console's client: it carries the session's token and notices when the session has ended. */
export const api: Client = createClient({
  csrfToken: () => state.csrfToken || undefined,
  onUnauthorized: () => {
    if (state.actor) state.expired = true
  },
})

// A refused login must not look like an ended session.
const door = createClient({ csrfToken: () => state.csrfToken || undefined })

function enter(answer: SessionAnswer): void {
  const before = state.actor?.id
  state.actor = answer.actor
  state.csrfToken = answer.csrfToken
  state.asked = true
  state.expired = false
  // Somebody else: what is on the screen belongs to another person.
  if (before && answer.actor && before !== answer.actor.id) location.assign('/console')
}

/** Asks the server who is logged in. */
export async function loadSession(): Promise<void> {
  const answer = await door.get<SessionAnswer>('/session')
  state.asked = true
  if (answer.actor) enter(answer)
  else if (state.actor) state.expired = true
}

export interface Credentials {
  account: string
  password: string
  code?: string
}

export async function logIn(credentials: Credentials): Promise<void> {
  enter(await door.post<SessionAnswer>('/session', credentials))
}

export async function logOut(): Promise<void> {
  try {
    await door.delete('/session')
  } finally {
    state.actor = undefined
    state.csrfToken = ''
    state.expired = false
  }
}

export async function changePassword(current: string, next: string): Promise<void> {
  enter(await api.put<SessionAnswer>('/session/password', { current, new: next }))
}
