// Package comfort judges how full, how pleasant and how safe a place is. It is
// pure: figures and the time are passed in, and the same input gives the same
// answer for ever.
//
// Ideas:
//
//   - Two figures, two limits: the number inside is compared with the approved
//     instantaneous limit (核定瞬时最大承载量), the number that entered today with
//     the approved daily one (核定日最大承载量). The worse of the two decides.
//   - Only what the competent authority approved is a limit. What LB/T 034-2014
//     computes (Propose) is a proposal, and no level is ever made of it. Without
//     an approved limit the level is not assessed (未核定).
//   - Levels, local variants and weights are data with source and version
//     (data/schemes.json, data/weights.json).
//   - Unknown, stale, closed and zero are four things (State). An Input gives its
//     number only with the state that says that there is one, and a stale figure
//     keeps its value, with its age, and is never shown as the present one. Why
//     something is unknown is said where it is known (Lack).
//   - A Figure carries inputs, their age, formula, version and source. It is told in
//     two languages (Explain) and written in one form (Encode) from which it is
//     computed again, bit for bit (Again). A changed formula is a new version.
//   - The Index is the comfort by published weights, held down by the safety, of which
//     the worst part counts. What is missing is left out: it lowers the confidence
//     and widens the range in which the index lies, and moves nothing silently.
//   - A figure that becomes an input of another is trusted no more than it was itself.
//   - Figures are rounded before a table is asked (GB/T 27963-2011), shares of a limit
//     are cut, so that none reads as a step that it has not reached, and products are
//     written as float64(a*b), so that no processor may fuse them into other bits.
//
// Standards: LB/T 034-2014 景区最大承载量核定导则 (Propose); LB/T 068-2017
// 景区游客高峰时段应对规范 5.4 (Peak); GB/T 27963-2011 人居环境气候舒适度评价 (climate.go), under
// revision; HJ 633-2012 环境空气质量指数技术规定 (air.go; its newest edition was not looked up); J. J. Fruin 1971
// (fruin.go); R. G. Steadman 1994 (apparent.go); J. D. C. Little 1961 (queue.go). What
// was not compared with its text says so (Verified). The five levels, the words of
// apparent temperatures, curves and weights are this project's own choice.
//
// What is not here: counting (sensors), limits of a given area (tourism), kinds of
// days (calendar), what will be (forecast).
//
// Reading order: level.go, scheme.go, capacity.go, judge.go, trigger.go, explain.go; then
// input.go, quantity.go, formula.go, figure.go, fruin.go, climate.go, apparent.go,
// queue.go, air.go, index.go, explain_figure.go.
package comfort
