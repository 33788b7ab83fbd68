namespace Workbench.Reranking.Fusion.Texts;

/// <summary>Which items have a term, with the term's weight log(1 + I / df). Legend: I items, df items that have the term.</summary>
internal sealed class TermIndex
{
    private readonly Dictionary<string, int[]> _items = [];
    private readonly Dictionary<string, double> _weights = [];
    private readonly double[] _mass, _sum;
    private readonly string[][] _terms;

    /// <param name="terms">I lists of terms; repetitions count once</param>
    internal TermIndex(IReadOnlyList<IEnumerable<string>> terms)
    {
        (_mass, _sum) = (new double[terms.Count], new double[terms.Count]);
        _terms = [.. terms.Select(own => own.Distinct().ToArray())];
        var postings = new Dictionary<string, List<int>>();
        for (int item = 0; item < _terms.Length; item++)
        {
            foreach (string term in _terms[item])
            {
                if (!postings.TryGetValue(term, out List<int>? items))
                    postings[term] = items = [];
                items.Add(item);
            }
        }

        foreach ((string term, List<int> items) in postings)
        {
            _items[term] = [.. items];
            _weights[term] = Math.Log(1 + (_terms.Length / (double)items.Count));
        }

        for (int item = 0; item < _terms.Length; item++)
        {
            foreach (string term in _terms[item])
            {
                _mass[item] += Weight(term) * Weight(term);
                _sum[item] += Weight(term);
            }
        }
    }

    internal IReadOnlyList<string> TermsOf(int item) => _terms[item];

    internal ReadOnlySpan<int> Items(string term) => _items.GetValueOrDefault(term);

    internal bool Has(string term) => _items.ContainsKey(term);

    internal double Weight(string term) => _weights.GetValueOrDefault(term);

    /// <summary>Adds to each item the weights of the terms that it has.</summary>
    internal void AddWeights(IEnumerable<string> terms, Span<float> scores)
    {
        foreach (string term in terms)
        {
            float weight = (float)Weight(term);
            foreach (int item in Items(term))
                scores[item] += weight;
        }
    }

    /// <summary>Adds to each item factor times the cosine of its terms with those of another item.</summary>
    internal void AddCosine(int other, float factor, Span<float> scores)
    {
        if (_mass[other] == 0)
            return;
        foreach (string term in _terms[other])
        {
            double weight = Weight(term), share = factor * weight * weight / Math.Sqrt(_mass[other]);
            foreach (int item in Items(term))
                scores[item] += (float)(share / Math.Sqrt(_mass[item]));
        }
    }

    /// <summary>The length of an item's vector of weights.</summary>
    internal double Norm(int item) => Math.Sqrt(_mass[item]);

    /// <summary>The sum of an item's weights.</summary>
    internal double Sum(int item) => _sum[item];
}
