// Package verify says whether a plan of package route keeps the rules. It knows
// the types of that package and shares no code with its search: it walks each
// round with a clock, step by step, and adds up what it sees. It is pure.
package verify
