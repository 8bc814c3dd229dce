// Command crowd compares the forecast of package forecast with seasonal naive (the
// same hour a week before) and with Holt-Winters (additive, damped, a week of 168
// hours) on hourly counts of people, by rolling origins.
//
//	go run ./bench/crowd -data ../shared/data/crowd
//
// The counts are those of the bicycles on Fremont Bridge, Seattle, October 2012 to
// February 2018, both ways together. Each of the three sees the same hours in the same order and
// foretells the next three days from what was before the origin, and from nothing
// else: weights, profiles, residuals and smoothing are learned from the hours before
// each origin. No weather is used, since that of the target would have to be known.
// Constants of the package were chosen on the years before -from; what is printed
// begins there.
//
// Hours are read as the clock on the bridge shows them, 24 each day, also where it is put
// forward or back. Holidays are those of the State of Washington (RCW 1.16.050),
// which are known years ahead.
//
// The table has a line for each horizon: mean absolute error; MASE (by the
// error in the hours before -from of saying the same as a week before); the ratio
// to both peers; how many of the outcomes lay in the 80 % interval, and how wide it
// was on average. "day" is the next 24 hours together.
//
// Reading order: main.go, read.go, holidays.go, peers.go, score.go.
package main
