package crf

import (
	"slices"
	"sync"
)

// The numbers of clusters that Cluster makes: each of the middle ones is cut into parts twice, and they are themselves
// clustered once.
const (
	coarseK = 64
	middleK = 256
	partK   = 4
)

// Cluster groups words by k-means of their vectors, of dim numbers each, into 64, 256, 1,024 and 4,096 groups. The words
// should be in order of frequency, and as many as there are vectors. The result is the same on every run.
func Cluster(words []string, vectors []int8, dim int, fold bool, seed uint64) Clustering {
	n := len(words)
	unit := make([]float32, n*dim)
	for i := range n {
		row := unit[i*dim : (i+1)*dim]
		for k := range row {
			row[k] = float32(vectors[i*dim+k])
		}
		normalize(row)
	}
	// The frequent words, which come first, have the better vectors; they are enough to find the centers.
	_, centers := kmeans(unit, count(min(n, 40_000)), dim, middleK, 8, seed)
	middle := make([]int32, n)
	for i := range middle {
		middle[i] = nearest(unit[i*dim:(i+1)*dim], centers, dim, middleK)
	}
	coarse, _ := kmeans(centers, count(middleK), dim, coarseK, 20, seed)
	fine := divide(unit, middle, middleK, dim, seed)
	finest := divide(unit, fine, middleK*partK, dim, seed)
	c := Clustering{Fold: fold, Words: words, Leaf: make([]uint16, n), Groups: make([][levels]uint16, middleK*partK*partK)}
	for g := range c.Groups {
		m := g / partK / partK
		c.Groups[g] = [levels]uint16{uint16(coarse[m]) + 1, uint16(m) + 1, uint16(g/partK) + 1, uint16(g) + 1}
	}
	for i, g := range finest {
		c.Leaf[i] = uint16(g)
	}
	return c
}

func count(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}

// normalize makes the row of length 1 and reports whether it was not all zero.
func normalize(row []float32) bool {
	sum := float32(0)
	for _, v := range row {
		sum += v * v
	}
	if sum == 0 {
		return false
	}
	scale := 1 / sqrt32(sum)
	for d := range row {
		row[d] *= scale
	}
	return true
}

// divide cuts each of k groups into partK.
func divide(unit []float32, group []int32, k, dim int, seed uint64) []int32 {
	members := make([][]int32, k)
	for i, g := range group {
		members[g] = append(members[g], int32(i))
	}
	out := make([]int32, len(group))
	for g, list := range members {
		part, _ := kmeans(unit, list, dim, partK, 8, seed+uint64(g))
		for j, i := range list {
			out[i] = int32(g*partK) + part[j]
		}
	}
	return out
}

// kmeans groups the listed rows of unit into k groups and returns the group of each and the centers.
func kmeans(unit []float32, list []int32, dim, k, rounds int, seed uint64) ([]int32, []float32) {
	rng := newRandom(seed, uint64(len(list)))
	centers := make([]float32, k*dim)
	if len(list) == 0 {
		return nil, centers
	}
	for c := range k {
		// Frequent words come first and make better seeds.
		i := int(list[int(rng.next()%uint64(min(len(list), max(k, len(list)/4))))])
		copy(centers[c*dim:(c+1)*dim], unit[i*dim:])
	}
	group := make([]int32, len(list))
	for range rounds {
		const chunk = 4096
		var wg sync.WaitGroup
		for th := range 2 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for from := th * chunk; from < len(list); from += 2 * chunk {
					for j := from; j < min(from+chunk, len(list)); j++ {
						group[j] = nearest(unit[int(list[j])*dim:int(list[j]+1)*dim], centers, dim, k)
					}
				}
			}()
		}
		wg.Wait()
		old := slices.Clone(centers)
		clear(centers)
		for j, g := range group {
			row := unit[int(list[j])*dim : int(list[j]+1)*dim]
			c := centers[int(g)*dim : int(g+1)*dim]
			for d := range c {
				c[d] += row[d]
			}
		}
		for c := range k {
			if row := centers[c*dim : (c+1)*dim]; !normalize(row) {
				copy(row, old[c*dim:])
			}
		}
	}
	return group, centers
}

// nearest returns the center of the greatest cosine.
func nearest(row, centers []float32, dim, k int) int32 {
	best, at := float32(-2), int32(0)
	for c := range k {
		cen := centers[c*dim : (c+1)*dim]
		var s0, s1, s2, s3 float32
		d := 0
		for ; d+4 <= len(row) && d+4 <= len(cen); d += 4 {
			s0 += row[d] * cen[d]
			s1 += row[d+1] * cen[d+1]
			s2 += row[d+2] * cen[d+2]
			s3 += row[d+3] * cen[d+3]
		}
		for ; d < len(row); d++ {
			s0 += row[d] * cen[d]
		}
		if s := s0 + s1 + s2 + s3; s > best {
			best, at = s, int32(c)
		}
	}
	return at
}
