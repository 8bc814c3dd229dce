/** A session of one account over the API, for what a journey prepares or looks up beside the screen. */
export class Api {
  constructor(url) {
    this.url = url
    this.headers = {}
  }

  static async login(server, account, extra = {}) {
    const api = new Api(server.url)
    const answer = await api.send('POST', '/api/v1/session', { account, password: server.password, ...extra })
    if (answer.status !== 200) throw new Error(`login of ${account}: ${answer.status} ${JSON.stringify(answer.body)}`)
    api.headers = { Cookie: answer.headers.get('set-cookie').split(';')[0], 'X-CSRF-Token': answer.body.csrfToken }
    return api
  }

  async send(method, path, body, headers = {}) {
    const answer = await fetch(this.url + path, {
      method,
      headers: { Accept: 'application/json', ...this.headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    let parsed
    try {
      parsed = text ? JSON.parse(text) : undefined
    } catch {
      parsed = text
    }
    return { status: answer.status, headers: answer.headers, body: parsed, text }
  }

  /** Sends and insists on success. */
  async want(method, path, body, headers) {
    const answer = await this.send(method, path, body, headers)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    return answer
  }

  get(path) {
    return this.want('GET', path)
  }
}

/** Asks the public search. */
export async function search(server, parameters) {
  const answer = await new Api(server.url).get(`/api/v1/search?${new URLSearchParams(parameters)}`)
  return answer.body
}
