// Command route measures the planner (tourism/route) on the benchmarks of the team
// orienteering problem with time windows, and on real-sized plans:
//
//	go run ./bench/route -data DIR
//
// DIR holds toptw/*.txt, toptw_reference_results.csv and best_known_m1.csv. Each
// instance is solved for each number of walkers that the reference has, in one go
// of the longest budget, and the score at 10 ms, 100 ms and 1 s is told. A budget is
// processor time of the solving thread, because wall time on a shared machine
// measures the others. Every plan is checked by tourism/route/verify; one that breaks a
// rule ends the program with status 1, and so does a missed target.
//
// Distances are cut off after one decimal, as the literature does for these
// places of Solomon.
package main
