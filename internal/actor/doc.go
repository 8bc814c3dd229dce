// Package actor says who acts and what he may do: organisations, roles,
// actions and the one table that joins them (policy.go).
//
// A service asks actor.Can(action, org) itself; a route's declared policy is
// only the first door. City-wide grants name the organisation "*". The public
// is an actor without grants, and the system (jobs, feeds, first start) one
// that may do everything and says so in the audit trail.
package actor
