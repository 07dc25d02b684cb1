package naming

// Features is what is seen of a person whom a pronoun may mean.
type Features = features

// Score adds up what speaks for the person.
func (f *features) Score(weights *Features) float64 { return f.score(weights) }

// Weights returns the weights in use.
func Weights() Features { return *weights() }

// FeatureNames are the names of the features, in order.
var FeatureNames = featureNames

// ReadWeights reads weights as the embedded file has them.
var ReadWeights = readWeights

// A SeenPerson is a person named before a pronoun.
type SeenPerson struct {
	Entity   int
	Features Features
}

// Seen returns the persons whom the pronoun at token i may mean, whatever their gender.
func (r *Resolver) Seen(i int) (list []SeenPerson) {
	r.readTopics(int(r.UnitOf[i]))
	for _, c := range r.candidates(i, r.last) {
		list = append(list, SeenPerson{c.entity, c.seen})
	}
	return list
}

// Agreeing returns the persons whom the pronoun at token i may mean by their gender. Strangers have numbers below 0.
func (r *Resolver) Agreeing(i int) (list []SeenPerson) {
	r.readTopics(int(r.UnitOf[i]))
	for _, c := range r.referents(i, r.last) {
		list = append(list, SeenPerson{c.entity, c.seen})
	}
	return list
}
