// Package comfort judges how full an area is. It is pure: figures and the time
// are passed in, and the same input gives the same answer for ever.
//
// Ideas:
//
//   - Two figures, two limits: the number inside is compared with the approved
//     instantaneous limit (核定瞬时最大承载量), the number that entered today with
//     the approved daily one (核定日最大承载量). The worse of the two decides.
//   - Only what the competent authority approved is a limit. What LB/T 034-2014
//     computes (Propose) is a proposal, and no level is ever made of it. Without
//     an approved limit the level is not assessed (未核定).
//   - Unknown, stale, closed and zero are four things (State). A stale figure
//     keeps its level, with its age, and is never shown as the present one.
//   - Each figure carries what it was compared with, by which scheme and formula,
//     so that it can be explained (Judgement.Explain) and computed again.
//
// Standards: LB/T 034-2014 景区最大承载量核定导则 (Propose), LB/T 068-2017
// 景区游客高峰时段应对规范 5.4 (Peak). The five levels of House are this
// project's own choice, since no national scheme has them.
//
// What is not here: counting (sensors), limits of a given area (tourism),
// weather, index and forecast.
//
// Reading order: level.go, capacity.go, judge.go, explain.go.
package comfort
