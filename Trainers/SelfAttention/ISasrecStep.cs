using Trainers.Kernels;

namespace Trainers.SelfAttention;

/// <summary>The part of training that an engine computes: a batch's loss and gradients, and the step of Adam. Everything else is the same for all.</summary>
internal interface ISasrecStep : IDisposable
{
    /// <summary>The mean loss per position of a batch, and all gradients.</summary>
    /// <param name="users">whose sequences</param>
    /// <param name="epoch">each has other dropout and other negatives</param>
    double Compute(ReadOnlyMemory<int> users, int epoch);

    /// <summary>Moves every parameter by the gradients of <see cref="Compute"/>.</summary>
    void Update(AdamStep step);

    /// <summary>Brings the model up to date, moments too, if the engine keeps its own.</summary>
    void Publish();

    /// <summary>The reverse: to be called when somebody else has changed the model.</summary>
    void Adopt();
}
