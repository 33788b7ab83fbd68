namespace Microsoft.ML.Runtime;

/// <summary>What components run in. Made by <see cref="MLContext"/> only.</summary>
public interface IHostEnvironment
{
}
