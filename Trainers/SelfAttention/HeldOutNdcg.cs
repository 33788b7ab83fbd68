using System.Collections.Concurrent;
using Trainers.Layers;

namespace Trainers.SelfAttention;

/// <summary>NDCG@10 of the held-out items among all that the user does not have, ties against the model: what early stopping looks at.</summary>
internal static class HeldOutNdcg
{
    private const int Cutoff = 10;

    public static double Compute(SasrecModel<float> model, TrainingSequences data, ConcurrentBag<EncoderState<float>> states, int threads, CancellationToken cancellation)
    {
        var gains = new double[data.HeldOutUsers.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation };
        Parallel.For(0, gains.Length, options, () => (States: Rent(), Scores: new float[model.Outputs.Count]), (i, _, own) =>
        {
            int user = data.HeldOutUsers[i], target = data.HeldOutItemOf(user);
            ReadOnlySpan<int> history = data.HistoryOf(user).Span;
            model.Score(history[Math.Max(0, history.Length - data.MaxLength)..], own.States, own.Scores);
            float score = own.Scores[target];
            foreach (int seen in history)
                own.Scores[seen] = float.NegativeInfinity;
            own.Scores[target] = float.NegativeInfinity;
            int rank = 0;
            foreach (float other in own.Scores)
                rank += other >= score ? 1 : 0;
            gains[i] = rank < Cutoff ? 1 / Math.Log2(rank + 2) : 0;
            return own;
        }, own => states.Add(own.States));
        return gains.Length == 0 ? 0 : gains.Sum() / gains.Length;

        EncoderState<float> Rent() => states.TryTake(out EncoderState<float>? idle) ? idle : new EncoderState<float>(model.Encoder, data.Longest);
    }
}
