using System.Numerics;
using System.Numerics.Tensors;
using Trainers.Kernels;
using Trainers.Layers;
using Trainers.LeastSquares;

namespace Trainers.LanguageMap;

/// <summary>Text vectors of all nodes, mapped and convolved over the graph: e = (h_0 + A h_0 + ... + A^K h_0) / (K + 1).</summary>
/// <remarks>Legend: N nodes, n = N rounded up to a multiple of 8, T padded text vector, S padded vector, K layers. A user's text vector is the mean of the user's items'.</remarks>
/// <typeparam name="T">float to train, double to prove gradients</typeparam>
internal sealed class AlphaRecModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly InteractionGraph _graph;
    private readonly LanguageProjection<T> _projection;
    private readonly ContrastiveLoss<T> _loss;
    private readonly int _rows, _stride, _layers;
    private readonly T[] _texts, _kept;
    private readonly T[][] _h;

    /// <param name="graph">U users, I items</param>
    /// <param name="positives">U x I</param>
    /// <param name="texts">I x t, at length 1 or zero</param>
    /// <param name="textDimension">t</param>
    /// <param name="options">of the method</param>
    public AlphaRecModel(InteractionGraph graph, PositiveMatrix positives, ReadOnlySpan<float> texts, int textDimension, AlphaRecOptions options)
    {
        (_graph, _layers, _stride, _rows) = (graph, options.Layers, Padding.Stride(options.Dimension), (graph.Nodes + 7) / 8 * 8);
        var layout = new ParameterLayout();
        _projection = new LanguageProjection<T>(layout, textDimension, options.Map == LanguageMapKind.Linear ? 0 : options.Hidden, options.Dimension);
        _loss = new ContrastiveLoss<T>(graph, _stride, options.Temperature);
        Weights = new Weights<T>(layout);
        Parameters = layout;
        int stride = Padding.Stride(textDimension);
        _texts = new T[_rows * stride];
        for (int item = 0; item < graph.Items; item++)
        {
            for (int k = 0; k < textDimension; k++)
                _texts[((graph.Users + item) * stride) + k] = T.CreateChecked(texts[(item * textDimension) + k]);
        }

        for (int user = 0; user < graph.Users; user++)
        {
            Span<T> mean = _texts.AsSpan(user * stride, stride);
            foreach (int item in positives[user])
                TensorPrimitives.Add(mean, _texts.AsSpan((graph.Users + item) * stride, stride), mean);
            if (positives[user].Length > 0)
                TensorPrimitives.Divide(mean, T.CreateChecked(positives[user].Length), mean);
        }

        _kept = new T[_rows * Math.Max(1, _projection.KeptPerRow)];
        _h = [.. Enumerable.Range(0, _layers + 1).Select(_ => new T[_rows * _stride])];
        Embeddings = new T[_rows * _stride];
    }

    public ParameterLayout Parameters { get; }

    public Weights<T> Weights { get; }

    /// <summary>S</summary>
    public int Stride => _stride;

    /// <summary>n x S, after <see cref="Forward"/>.</summary>
    public T[] Embeddings { get; }

    /// <summary>h_k, n x S, after <see cref="Forward"/>.</summary>
    public T[] Layer(int k) => _h[k];

    public void Forward(ParallelOptions parallel)
    {
        _projection.Forward(Weights, _texts, _rows, _kept, _h[0], parallel);
        _h[0].CopyTo(Embeddings, 0);
        for (int k = 1; k <= _layers; k++)
        {
            _graph.Propagate(_h[k - 1], _stride, _h[k], parallel);
            TensorPrimitives.Add(Embeddings, _h[k], Embeddings);
        }

        TensorPrimitives.Divide(Embeddings, T.CreateChecked(_layers + 1), Embeddings);
    }

    /// <param name="batch">of the step</param>
    /// <param name="gradients">of the parameters, overwritten</param>
    /// <param name="parallel">how</param>
    /// <returns>the mean loss</returns>
    public T Step(ContrastiveBatch batch, Span<T> gradients, ParallelOptions parallel)
    {
        Forward(parallel);
        T[] d = new T[_rows * _stride], sum = new T[_rows * _stride], next = new T[_rows * _stride];
        T loss = _loss.Add(Embeddings, batch, d, parallel);
        d.CopyTo(sum, 0);
        for (int k = 1; k <= _layers; k++)
        {
            _graph.Propagate(d, _stride, next, parallel);
            (d, next) = (next, d);
            TensorPrimitives.Add(sum, d, sum);
        }

        TensorPrimitives.Divide(sum, T.CreateChecked(_layers + 1), sum);
        gradients.Clear();
        _projection.Backward(Weights, _texts, _kept, sum, _rows, gradients, parallel);
        return loss;
    }

    /// <summary>The map alone, of other text vectors.</summary>
    /// <param name="texts">m x T, m a multiple of 8</param>
    /// <param name="rows">m</param>
    /// <returns>m x S</returns>
    public T[] Map(T[] texts, int rows)
    {
        var mapped = new T[rows * _stride];
        _projection.Forward(Weights, texts, rows, new T[rows * Math.Max(1, _projection.KeptPerRow)], mapped, new ParallelOptions { MaxDegreeOfParallelism = 1 });
        return mapped;
    }
}
