// Package material says what climate and light objects bear, by what they are made of, and what
// that makes of the limits of a case or a room that holds several of them. It is pure.
//
// Ideas:
//
//   - Upper bounds (illuminance, yearly dose, ultraviolet): the lowest of all objects holds.
//   - Bands (relative humidity): the intersection holds. An empty one is no limit but a
//     展陈组合冲突: it names the objects, and the conservator decides which one governs.
//     One of a single value is told as such and makes no rule: nothing could keep it.
//   - A set point (20 °C) is not a limit: without a sourced tolerance it makes no rule.
//   - How much a value swings in a day is apart from its level: an object may bear 40 % and
//     55 % and not the way from one to the other in an afternoon.
//   - A material of which nothing is known adds nothing and is named, so that nobody takes silence
//     for safety.
//
// Sources: the table in data.go says of every figure from where it is. They are taken from copies
// that vendors and handbooks print of national tables, not from the standards themselves
// (verified: false): nothing here may be used without a conservator's consent. GB/T 23863-2009 has
// been replaced by GB/T 23863-2024, whose figures were not obtained. Materials are codes of the
// list "material" (WW/T 0017-2013).
//
// What is not here: when a limit is broken (sensors/alarm), which objects are where (package
// sensors).
//
// Reading order: data.go, need.go, combine.go, draft.go.
package material
