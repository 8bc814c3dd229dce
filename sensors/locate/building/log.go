package building

import (
	"bufio"
	_ "embed"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

//go:embed readerlog.tsv
var readerlog string

// Log is what a log of a real reader says of how tags are read.
type Log struct {
	Tags  []Logged
	Noise []float64 // quantiles of a read against the median of its tag, dB, ascending, equally spaced from 0 to 1
	Gaps  []float64 // likewise of the time between two reads of a tag that is read well, milliseconds
	Reach float64   // level at which half of the chances to be read are taken, dB on the scale of the log
	Slope float64   // dB in which the odds of that grow e-fold
}

// Logged is one tag of the log.
type Logged struct {
	Name   string  // end of its EPC
	Reads  int     // in the time of the log
	Level  float64 // median strength, 10·log10 of what the reader gave
	Spread float64 // standard deviation, dB
	Lag    float64 // autocorrelation of strengths at one read's distance
}

var errLog = errors.New("building: the reader log cannot be read")

// ReaderLog returns the distributions of the log that the file readerlog.tsv
// names.
func ReaderLog() (*Log, error) { return parseLog(readerlog) }

// parseLog reads the form of readerlog.tsv.
func parseLog(text string) (*Log, error) {
	var l Log
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		f := strings.Fields(lines.Text())
		if len(f) == 0 || strings.HasPrefix(f[0], "#") {
			continue
		}
		if err := l.line(f); err != nil {
			return nil, fmt.Errorf("%w: line %d", err, n)
		}
	}
	if len(l.Tags) == 0 || len(l.Noise) < 2 || len(l.Gaps) < 2 || l.Slope <= 0 {
		return nil, errLog
	}
	return &l, nil
}

func (l *Log) line(f []string) error {
	name := ""
	if f[0] == "tag" && len(f) == 6 {
		name, f = f[1], append([]string{"tag"}, f[2:]...)
	}
	if len(f) > 5 {
		return errLog
	}
	v := make([]float64, len(f)-1)
	for i, s := range f[1:] {
		var err error
		if v[i], err = strconv.ParseFloat(s, 64); err != nil || math.IsNaN(v[i]) {
			return errLog
		}
	}
	switch {
	case f[0] == "tag" && name != "" && len(v) == 4:
		l.Tags = append(l.Tags, Logged{name, int(v[0]), v[1], v[2], v[3]})
	case f[0] == "noise" && len(v) == 1:
		l.Noise = append(l.Noise, v[0])
	case f[0] == "gap" && len(v) == 1:
		l.Gaps = append(l.Gaps, v[0])
	case f[0] == "reach" && len(v) == 2:
		l.Reach, l.Slope = v[0], v[1]
	default:
		return errLog
	}
	return nil
}

// drawn returns a value drawn from quantiles.
func drawn(quantiles []float64, r *rand.Rand) float64 {
	at := r.Float64() * float64(len(quantiles)-1)
	i := int(at)
	return quantiles[i] + (quantiles[i+1]-quantiles[i])*(at-float64(i))
}

// taken returns the probability that a chance to read a tag at this level, on the
// scale of the log, is taken.
func (l *Log) taken(level float64) float64 { return 1 / (1 + math.Exp((l.Reach-level)/l.Slope)) }
