package index

import "slices"

// clauseSet returns documents of which every one that has the clause is one; all
// says that they all have it. The set is nil when it would cost as much as scoring:
// then it may be any document. It holds until the next way. Guarded texts count for
// documents in sc.guarded.
func (s *snapshot) clauseSet(sc *scratch, c clause) (set mask, all bool, err error) {
	for _, u := range append(c.units[:len(c.units):len(c.units)], c.meant) {
		if s.expands(u) {
			return nil, false, nil
		}
	}
	whole := c.need == len(c.units)
	if !whole && c.need != 1 && len(c.units) > maxUnion {
		return nil, false, nil
	}
	for i, u := range c.units {
		next := set // not all are wanted: add to what is there
		if i == 0 || whole {
			next = sc.mask(s.slots)
		}
		if err := s.unitSet(next, u, sc.guarded.mask); err != nil {
			return nil, false, err
		}
		if i == 0 {
			set = next
		} else if whole && !set.and(next) {
			break
		}
	}
	return set, whole || c.need == 1, s.unitSet(set, c.meant, sc.guarded.mask)
}

// maxUnion is of how many units a set is made when not all are needed; more would
// narrow little.
const maxUnion = 8

// prefixed reports whether c has a prefix, which may stand for many terms.
func (c clause) prefixed() bool {
	has := func(u unit) bool { return slices.ContainsFunc(u, func(a alt) bool { return a.prefix }) }
	return slices.ContainsFunc(c.units, has) || has(c.meant)
}

// expands reports whether a prefix in u stands for terms, of which there may be
// many. Codes have a column of their own.
func (s *snapshot) expands(u unit) bool {
	return slices.ContainsFunc(u, func(a alt) bool { return a.prefix && a.field != fieldCodes && s.read(a.field).has(a.term, true) })
}

// unitSet adds the documents that have an alternative of u to a set.
func (s *snapshot) unitSet(set mask, u unit, guarded mask) error {
	for _, a := range u {
		switch {
		case a.years != nil:
			if err := s.eachMade(a, func(doc uint32, _ float64) { set.add(doc) }); err != nil {
				return err
			}
		case len(a.all) > 1:
			docs, err := s.withAll(a)
			if err != nil {
				return err
			}
			eachOf(docs, set.add)
		case a.prefix:
			if a.field != fieldCodes {
				continue // no term begins so: expands
			}
			if err := s.eachCode(a.term, set.add); err != nil {
				return err
			}
		default:
			r := s.read(a.field)
			r.find(a.terms()[0])
			if a.field != fieldGuarded || guarded == nil {
				if err := r.fill(set); err != nil {
					return err
				}
				continue
			}
			err := r.each(func(doc uint32) {
				if guarded.has(doc) {
					set.add(doc)
				}
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
