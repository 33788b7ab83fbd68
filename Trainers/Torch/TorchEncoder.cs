using TorchSharp;
using Trainers.SelfAttention;
using F = TorchSharp.torch.nn.functional;

namespace Trainers.Torch;

/// <summary>The way forth of <see cref="Layers.SequenceEncoder{T}"/> in TorchSharp, whose autograd goes back.</summary>
/// <remarks>Legend: B sequences, n items of the longest, d dimension, H heads.</remarks>
/// <param name="parameters">by the names of <see cref="SasrecParameters{T}"/></param>
/// <param name="blocks">how many</param>
/// <param name="heads">H</param>
/// <param name="dropout">its rate</param>
/// <param name="draws">what dropout draws from</param>
internal sealed class TorchEncoder(IReadOnlyDictionary<string, torch.Tensor> parameters, int blocks, int heads, double dropout, TorchDraws draws)
{
    /// <summary>B x n x d: a vector for every position.</summary>
    public torch.Tensor Forward(TorchBatch batch)
    {
        torch.Tensor items = parameters[SasrecParameters<float>.Items], positions = parameters[SasrecParameters<float>.Positions];
        (long b, long n, long d) = (batch.Inputs.shape[0], batch.Inputs.shape[1], items.shape[1]);
        torch.Tensor x = items.index_select(0, batch.Inputs.reshape(-1)) * Math.Sqrt(d) + positions.index_select(0, batch.Distances);
        x = Drop(x.reshape(b, n, d));
        torch.Tensor future = torch.full(n, n, double.NegativeInfinity, dtype: x.dtype, device: x.device).triu(1);
        for (int block = 0; block < blocks; block++)
            x = Block($"blocks.{block}.", x, future);
        return Norm("norm", x);
    }

    private torch.Tensor Block(string name, torch.Tensor x, torch.Tensor future)
    {
        torch.Tensor q = Norm(name + "query_norm", x);
        torch.Tensor queries = Split(Linear(name + "query", q)), keys = Split(Linear(name + "key", x)), values = Split(Linear(name + "value", x));
        torch.Tensor scores = (queries / Math.Sqrt(queries.shape[3])).matmul(keys.transpose(2, 3)).add_(future);
        torch.Tensor attended = Drop(F.softmax(scores, -1)).matmul(values).transpose(1, 2).reshape(x.shape);
        torch.Tensor z = Norm(name + "network_norm", q + attended);
        return z + Drop(Linear(name + "outer", Drop(F.relu(Linear(name + "inner", z)))));
    }

    // B x n x d to B x H x n x d / H.
    private torch.Tensor Split(torch.Tensor x) => x.reshape(x.shape[0], x.shape[1], heads, x.shape[2] / heads).transpose(1, 2);

    private torch.Tensor Linear(string name, torch.Tensor x) => F.linear(x, parameters[name + ".weight"], parameters[name + ".bias"]);

    private torch.Tensor Norm(string name, torch.Tensor x) =>
        F.layer_norm(x, [x.shape[^1]], parameters[name + ".weight"], parameters[name + ".bias"], Layers.LayerNorm<float>.Epsilon);

    private torch.Tensor Drop(torch.Tensor x) => dropout == 0 ? x : x * torch.empty_like(x).bernoulli_(1 - dropout, draws.Generator).div_(1 - dropout);
}
