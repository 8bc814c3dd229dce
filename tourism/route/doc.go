// Package route answers "which way, in which order?": the team orienteering
// problem with time windows, for one or several walkers or days, with lengths of
// stay, profits that depend on the time of arrival, and places that must be
// visited, on a matrix of travel times. It is pure.
//
// Ideas:
//
//   - All times are integers, in a unit of the caller, and randomness is a seed, so
//     that the same problem, seed and number of iterations give the same plan on
//     every machine. What it costs depends on the context, which may end the
//     search at any moment; the best so far is then the answer.
//   - Whether a visit fits between two others is decided in constant time, from
//     when the one before is left and from the latest arrival at the one after
//     that leaves the rest possible (walk.go). With several windows the latest
//     arrival still decides, because a visit that begins as early as it can begins
//     no later than any other that is possible.
//   - The search ruins and recreates: it cuts strings of visits out of walks near a
//     random place, tries everything that is not visited in one of several orders
//     where it costs least, overlooking a position now and then, and accepts as
//     simulated annealing does, in cycles that start anew and double in length.
//     Cutting and putting in again within one walk is or-opt and 2-opt, between walks
//     exchange and relocation, with other nodes replacement.
//   - A way has a price of at most a mean profit, so that of two plans of the same worth the
//     shorter one wins; it never changes which of two profits is larger in the
//     answer.
//   - A must is raised above the sum of all profits. One that cannot be had is named in
//     Left with the reason; it is no failure.
//   - Nobody waits except for an opening: a plan does not stand about until a crowd has
//     gone, but it may go elsewhere first.
//   - Every answer is polished until no single visit can be added and none exchanged for
//     one of more worth, and so what Left says can be checked by hand.
//   - Replanning (Options.Before) begins with what is left of the plan before, rewards each visit
//     that stays and charges for each that changes places (search.go, replan.go).
//
// Sources: P. Vansteenwegen, W. Souffriau, G. Vanden Berghe, D. Van Oudheusden,
// Iterated local search for the team orienteering problem with time windows,
// Computers & Operations Research 36 (2009), for the problem and the constant-time
// check of an insertion; J. Christiaens, G. Vanden Berghe, Slack Induction by String
// Removals for Vehicle Routing Problems, Transportation Science 54 (2020), for ruin and
// recreate; R. Montemanni, L. M. Gambardella (2009) and G. Righini, M. Salani (2009)
// for the instances in bench/route. The papers are cited from memory and were not
// compared again (unverified).
//
// What is not here: where travel times, stays, worth and hours come from (tourism),
// words for the codes (tourism), the check of a plan (verify).
//
// Reading order: problem.go, plan.go, solve.go, search.go, walk.go, recreate.go, ruin.go,
// ground.go, explain.go, replan.go.
package route
