package dating

// Names calls fn with every name of a period, a culture or a reign title that
// Parse reads, folded, in no order. title says that it names reigns only.
func Names(fn func(name string, title bool)) {
	for _, list := range table().names {
		for i := range list {
			fn(string(list[i].text), len(list[i].periods) == 0)
		}
	}
}
