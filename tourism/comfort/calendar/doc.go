// Package calendar says what kind of day a day is: an ordinary one, a holiday, or
// a weekend day that is worked to make up for one. It is pure.
//
// Ideas:
//
//   - The days are data. data/days.tsv holds the spans that the notices of the
//     General Office of the State Council set, data/notices.tsv their numbers,
//     dates and how far each was compared. A year is added by its lines in both.
//   - A year without a notice is unknown, not without holidays: Calendar.Knows
//     tells, and a forecast that needs such a day says so.
//   - What a day is called is for people; only its Kind changes a forecast.
//
// Sources: 国务院办公厅关于2012年至2026年部分节假日安排的通知, and 国办发明电〔2020〕1号,
// which lengthened the Spring Festival of 2020. Those of 2025 and 2026 were read in
// full; the others are as two published tables have them, which agree on each day.
//
// What is not here: the solar terms, school holidays, and how long before a
// holiday people leave.
//
// Reading order: calendar.go, china.go, read.go.
package calendar
