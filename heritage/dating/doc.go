// Package dating turns the words in which catalogues write a period ("战国晚期至西汉早期",
// "明嘉靖四十四年", "公元前13世纪", "c. 1200 BC") into bounds in years, and years into words.
//
// Ideas:
//
//   - A year is an int: negative is BCE, there is no year 0, bounds are
//     inclusive. Nil is unknown, and unknown is never guessed.
//   - What is not understood is named (Period.Unknown) beside what is.
//   - Several periods in one text stay several spans: "新石器时代、金、元" is not
//     everything between.
//   - Words that look alike are kept apart: 周 is not 西周, 晋 not 西晋, 六朝 not
//     南北朝, 民国 not 近代; 武周 lies inside 唐; 二里头文化 does not become 夏,
//     and no year becomes 夏 by arithmetic. 秦 ends in -207.
//   - A part of a period (早期, 末, late) that convention has not fixed is a
//     share of its years, and Span.Approx says so.
//
// The tables are data with source and a verified flag: periods.json (dynasties,
// cultures of Henan, parts) and reigns.json (reign titles). WW/T 0017-2013 names
// the kinds of date (考古学年代, 中国历史学年代, 公历纪年) that are read here.
//
// What is not here: lunar months and days, foreign dynasties, geology beyond the
// Pleistocene; years of a reign title that began in the Western year before.
//
// Reading order: period.go, table.go, scan.go, number.go, parse.go, span.go, era.go, format.go.
package dating
