// Package series makes figures of what one instrument measures: swings,
// doses, the dew point, mould, and signs that the instrument itself is wrong.
// It is pure: samples in, figures out; no clock, no I/O, no allocation in a step.
// It keeps no samples: how they are stored is internal/store/series.
//
// Ideas:
//
//   - Time is in milliseconds since 1970 UTC, values are in the unit of the channel.
//   - Every figure has a small state whose zero value is ready, of a bounded size
//     however long or dense the series. States are written down by Append and read
//     back by a Form; both are exact.
//   - Samples come in the order of time. What is not later than the newest changes
//     nothing and is reported as not taken, except in a Window, whose result does not
//     depend on the order. Whoever gets late samples steps again from an earlier state.
//   - Between two samples the value goes straight from one to the other (trapezoid), but
//     only when they are at most a gap apart. In a longer gap nothing is known: it adds
//     nothing to a dose and is counted as unknown time.
//
// Sources:
//
//   - Dew point, vapour pressure: Magnus formula over water with the coefficients
//     6.112 hPa, 17.62 and 243.12 °C, for -45 to 60 °C, of the WMO Guide to
//     Instruments and Methods of Observation (WMO-No. 8), Annex 4.B. From memory, compared with
//     tabulated saturation pressures (series_test.go).
//   - Mould index: A. Hukka and H. A. Viitanen, A mathematical model of mould growth
//     on wooden material, Wood Science and Technology 33 (1999) 475-485, with the
//     sensitivity classes of T. Ojanen, H. Viitanen, R. Peuhkuri, K. Lähdesmäki,
//     J. Vinha, K. Salminen, Mold growth modeling of building structures using
//     sensitivity classes of materials (Buildings XI, 2010). The papers themselves were not seen
//     (verified: false); the equations were compared with two independent public
//     implementations. Valid for 0 to 50 °C; outside nothing grows. The index is a model of
//     building materials, not of a relic: it says that a room is at risk.
//   - A daily swing, a stuck value and a spike are definitions of this project; see
//     Window, Still and Spikes.
//
// What is not here: when a figure is an alarm (sensors/alarm), which channel has which
// unit (package sensors).
//
// Reading order: air.go, window.go, dose.go, mould.go, still.go, spikes.go, form.go.
package series
