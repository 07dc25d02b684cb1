package indirect

import (
	"math"
	"math/rand/v2"
)

// A Sample is a report of which it is known whether it is an indirect quote.
type Sample struct {
	Features []string
	Right    bool
}

// TrainOptions steer the training of a Model. Threshold is the least confidence of an indirect quote.
type TrainOptions struct {
	Threshold float64
	Epochs    int
	L2        float64
	Seed      uint64
}

// minCount is how many samples must have a feature for it to count.
const minCount = 5

// Train fits a model to the samples: a logistic regression by stochastic gradient descent with AdaGrad's step
// sizes. The same samples and options give the same model.
func Train(samples []Sample, opt TrainOptions) *Model {
	m := &Model{weights: map[string]float64{}, threshold: opt.Threshold}
	index := map[string]int{}
	var names []string
	rows := make([][]int, len(samples))
	var counts []int
	for i, s := range samples {
		for _, name := range s.Features {
			k, ok := index[name]
			if !ok {
				k = len(names)
				index[name] = k
				names, counts = append(names, name), append(counts, 0)
			}
			counts[k]++
			rows[i] = append(rows[i], k)
		}
	}
	for i := range rows {
		kept := rows[i][:0]
		for _, k := range rows[i] {
			if counts[k] >= minCount {
				kept = append(kept, k)
			}
		}
		rows[i] = kept
	}
	weights, squares := make([]float64, len(names)), make([]float64, len(names))
	random := rand.New(rand.NewPCG(opt.Seed, 0))
	order := random.Perm(len(samples))
	mean, passes := make([]float64, len(names)), 0
	for epoch := range opt.Epochs {
		random.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		for _, i := range order {
			sum := 0.0
			for _, k := range rows[i] {
				sum += weights[k]
			}
			miss := 1 / (1 + math.Exp(-sum))
			if samples[i].Right {
				miss--
			}
			for _, k := range rows[i] {
				// The penalty is spread over the samples that have the feature.
				g := miss + opt.L2*weights[k]/float64(counts[k])
				squares[k] += g * g
				weights[k] -= 0.15 * g / math.Sqrt(squares[k]+1e-8)
			}
		}
		if 2*(epoch+1) > opt.Epochs { // the mean of the later passes depends less on the order of the samples than the last
			passes++
			for k := range mean {
				mean[k] += weights[k]
			}
		}
	}
	for k, name := range names {
		if counts[k] >= minCount {
			m.weights[name] = mean[k] / float64(passes)
		}
	}
	return m
}
