// Package forecast foretells how many people there will be, from a quarter of an
// hour to three days ahead, from the past of one series of counts. It is pure, and
// the same values in the same order give the same figures for ever.
//
// Ideas:
//
//   - What is usual is a profile (profile.go): the mean of each slot of the day by
//     weekday, by working or free day, and for holidays and days made up as a
//     ratio to those. Classes that were seen seldom borrow from the wider ones, so
//     that a few days are enough to begin with. The year lifts and lowers it
//     (season.go) once one has been seen.
//   - How the recent past differed from the usual (level.go) is kept over five
//     spans, from two hours to four weeks. How much of it is left after h hours is
//     learned for each of thirteen horizons by damped least squares (weigh.go):
//     level and trend with a damping that the place itself taught.
//   - Each value is foretold before it comes, at each horizon, and the residuals
//     are kept by horizon, part of the day and kind of day (residual.go). Their
//     quantiles are the interval, and their median moves the figure, so neither
//     rests on a distribution: split conformal prediction over a moving window.
//     Expected is a median, which is what the absolute error asks for. Those of the
//     first week are not kept: they would widen the intervals of the next ones.
//   - Work is in logarithms of the value plus a fifth of the mean, so that crowds
//     count by their share and the zeros of the night do not decide.
//   - Unknown is no zero: a step that is left out changes nothing but the age of
//     what is known.
//
// Nothing looks ahead: Forecast uses what Observe was given before. A value costs
// some microseconds, so a past of years is read again rather than stored.
//
// Sources: R. J. Hyndman, A. B. Koehler, Another look at measures of forecast accuracy,
// 2006 (MASE); V. Vovk, A. Gammerman, G. Shafer, Algorithmic Learning in a Random
// World, 2005 (conformal prediction); E. S. Gardner, E. McKenzie, Forecasting
// trends in time series, 1985 (damped trends). What it reaches on public counts
// beside seasonal naive and Holt-Winters: bench/crowd.
//
// What is not here: weather and bookings, which would have to be known for the
// hours to come; levels (comfort); which series there are (the program).
//
// Reading order: model.go, profile.go, level.go, weigh.go, season.go, residual.go,
// point.go, past.go.
package forecast
