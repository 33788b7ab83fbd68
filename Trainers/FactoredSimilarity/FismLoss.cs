using System.Numerics;
using System.Numerics.Tensors;

namespace Trainers.FactoredSimilarity;

/// <summary>What FISM minimises for one user, as a function of the scores, and its derivatives. Generic, so that the derivatives can be proved in double.</summary>
/// <remarks>Legend: n positives with scores x, m negatives with scores z; both derivatives are overwritten.</remarks>
internal static class FismLoss
{
    /// <param name="variant">which</param>
    /// <param name="x">n</param>
    /// <param name="z">m; for auc n times the same number, those of positive i together</param>
    /// <param name="dx">n</param>
    /// <param name="dz">m</param>
    /// <returns>the loss, a sum over positives</returns>
    public static T Of<T>(FismVariant variant, ReadOnlySpan<T> x, ReadOnlySpan<T> z, Span<T> dx, Span<T> dz)
        where T : IBinaryFloatingPointIeee754<T> => variant switch
        {
            FismVariant.Auc => Auc(x, z, dx, dz),
            FismVariant.Rmse => Rmse(x, z, dx, dz),
            FismVariant.Softmax => Softmax(x, z, dx, dz),
            _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, "No such variant."),
        };

    /// <summary>1/2 sum over i of the mean over its negatives j of (1 - (x_i - z_j))^2: equation 9 of the paper, whose difference of ratings is 1.</summary>
    private static T Auc<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> z, Span<T> dx, Span<T> dz)
        where T : IBinaryFloatingPointIeee754<T>
    {
        int each = z.Length / x.Length;
        T share = T.One / T.CreateChecked(each), loss = T.Zero;
        for (int i = 0; i < x.Length; i++)
        {
            T sum = T.Zero;
            for (int j = i * each; j < (i + 1) * each; j++)
            {
                T error = T.One - x[i] + z[j];
                loss += error * error;
                sum += error;
                dz[j] = share * error;
            }

            dx[i] = -share * sum;
        }

        return loss * share / (T.One + T.One);
    }

    /// <summary>1/2 sum (b_u + x_i - 1)^2 + 1/2 sum (b_u + z_j)^2: equation 6 of the paper, at the b_u that minimises it.</summary>
    private static T Rmse<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> z, Span<T> dx, Span<T> dz)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T positives = T.CreateChecked(x.Length);
        T bias = (positives - TensorPrimitives.Sum(x) - TensorPrimitives.Sum(z)) / T.CreateChecked(x.Length + z.Length);
        TensorPrimitives.Add(x, bias - T.One, dx);
        TensorPrimitives.Add(z, bias, dz);
        return (TensorPrimitives.SumOfSquares<T>(dx) + TensorPrimitives.SumOfSquares<T>(dz)) / (T.One + T.One);
    }

    /// <summary>
    /// Sum over i of -log (e^x_i / (e^x_i + sum over j of e^z_j)), all positives against the same negatives: with Z = log sum e^z it is the sum of
    /// softplus(Z - x_i), and z_j has softmax(z)_j sum sigmoid(Z - x_i) for derivative.
    /// </summary>
    private static T Softmax<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> z, Span<T> dx, Span<T> dz)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T greatest = TensorPrimitives.Max(z);
        TensorPrimitives.Subtract(z, greatest, dz);
        TensorPrimitives.Exp<T>(dz, dz);
        T sum = TensorPrimitives.Sum<T>(dz), logSum = greatest + T.Log(sum), loss = T.Zero, missed = T.Zero;
        for (int i = 0; i < x.Length; i++)
        {
            T behind = logSum - x[i], e = T.Exp(-T.Abs(behind));
            loss += T.Max(behind, T.Zero) + T.LogP1(e);
            T sigmoid = (T.IsPositive(behind) ? T.One : e) / (T.One + e);
            dx[i] = -sigmoid;
            missed += sigmoid;
        }

        TensorPrimitives.Multiply(dz, missed / sum, dz);
        return loss;
    }
}
