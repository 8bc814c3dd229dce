// Package dating says when a thing was made: it turns the words in which catalogues
// write a period ("战国晚期至西汉早期", "明嘉靖四十四年", "清光绪甲午", "公元前13世纪",
// "c. 1200 BC", "Qianlong mark and period") into bounds in years with a certainty, and
// prints what was read in Chinese and English.
//
// Ideas:
//
//   - A year is an int: negative is BCE, there is no year 0, bounds are
//     inclusive. Nil is unknown, and unknown is never guessed.
//   - What is not understood is named (Period.Unknown); so is what tells no year
//     (Period.Ignored: months, days, "printed"). A source that says it is undated
//     is Period.Undated, which is another thing than not being understood.
//   - Where words can be read in several ways, one is chosen, the others and the
//     reason are kept (Span.Readings, Period.Doubts). Bounds are those of the
//     choice, Extent those of all readings: records store Extent, because first
//     possible and last possible year must hold what was meant.
//   - What stands beside the words confirms, narrows down or contradicts them:
//     甲申年（1644） is settled by the number; 乾隆四十五年（1781） is 1780, since the
//     year on the object goes before the conversion, and the contradiction is said.
//   - Several periods in one text stay several spans: "新石器时代、金、元" is not
//     everything between.
//   - Printing can be read again: Parse(p.In(lang)) has the bounds and the certainty
//     of p, in either language, because the years stand behind every name.
//
// Certainty. Certain: years of the text, of a dynasty or of a title on which tables
// agree. Approximate: circa, a part of a period, cultures dated by archaeology,
// geological ages, and the years of Xia, Shang and Western Zhou. Doubtful: the text
// doubts it (?, 疑, 或), a mark without its period, or one of several readings.
//
// Choices a historian will want to check:
//
//   - Names that look alike are kept apart: 周 is not 西周, 晋 not 西晋, 六朝 not
//     南北朝, 民国 not 近代; 武周 lies inside 唐; 二里头文化 does not become 夏, and no
//     year becomes 夏 by arithmetic; bare 魏 is 曹魏, Chinese 后汉 the one of 947.
//   - A Chinese year is given by the Western year in which it began: 乾隆四十五年 is
//     1780 though its last weeks fell into 1781. The first Chinese year of a title
//     is its year 1; where a regime went on with the title of another the count goes
//     on (后汉天福十二年 is 947).
//   - The same title of several regimes: the one that is named; else those of the
//     greater regimes before the lesser (十六国, 十国, rebels), the longer before the
//     shorter. A title of Tang, Song, Yuan, Ming or Qing is not doubted because a
//     lesser state had it too (贞观, 正德); 建武, 太平 and the like are.
//   - A year of the sixty (甲申) is reckoned within the period before it. Of several
//     in one dynasty the last is chosen; without any period the last before 1950 of
//     those from 1504 on, and the bounds stay unknown. The Taiping wrote 好, 荣, 开
//     for 丑, 卯, 亥, and their year 1 is 1851.
//   - Parts: 早 中 晚 are thirds, 前 后 and 上/下半叶 halves, 初 末 quarters, unless the
//     table fixes them (春秋 and 战国 in three equal parts, 西周 by kings, 汉 as tombs
//     are dated, 唐 as 初唐, 盛唐 with 中唐, 晚唐, 清 as museums divide it, 仰韶 by its phases). Always approximate.
//     之际 and "turn of the century" reach thirty and ten years to either side.
//   - "1700s" is the century. "1900s", and 1700年代 in Chinese, may be ten years: the
//     wider is chosen, the narrower is named.
//   - Years before the present count from 1950. 宋以后 begins with the end of 宋;
//     1911年以后 and "after 1911" begin with that year; 明以前 and "before 1900" end the
//     year before. "by" and 不晚于 include their year.
//   - A reign mark alone (乾隆年制, "Qianlong mark") was copied in later times and is
//     doubted; "mark and period" is not.
//
// Sources. periods.json has 361 periods and names the source of each:
// "hist" general historical chronology (the tables of the Cihai), "xsz" the
// Xia-Shang-Zhou Chronology Project of 2000, which is disputed, "arch" archaeological
// convention from general knowledge, "ics" the International
// Chronostratigraphic Chart as remembered, "foreign" Japan and Korea. 73 are verified: compared
// with a published list, or through reign titles that were; every other says verified false. reigns.tsv has
// the 813 uses of reign titles from 140 BCE to 1911 (and 1945), of which 359 were
// compared with an independent public table and are marked verified; the others are
// general knowledge, and those of 大理, 渤海, 南诏, 高昌 and 西辽 are uncertain in part and
// say so. Tests hold both tables together: a line of titles has no gap and no
// overlap beyond the year of a change, the titles of a dynasty add up to the sum of
// those of its rulers, and forty years are checked with title, place among the sixty
// and Western year. WW/T 0017-2013 names the kinds of date (考古学年代, 中国历史学年代,
// 公历纪年) that are read here.
//
// What is not here: lunar months and days as dates, posthumous names of rulers
// (汉武帝 is 汉 with 武帝 not understood), years of kings before titles, the chronology
// of other countries but for the periods of Japan and Korea.
//
// Reading order: period.go, doubt.go, table.go, words.go, scan.go, numeral.go,
// number.go, unit.go, day.go, sexagenary.go, parse.go, range.go, side.go, title.go, bracket.go,
// span.go, era.go, age.go, format.go, names.go.
package dating
