/** The key, below `action2`, of what an action of the audit trail is called: its last word, relic.ledger.held → held. */
export const actionWord = (action: string): string => action.slice(action.lastIndexOf('.') + 1)
