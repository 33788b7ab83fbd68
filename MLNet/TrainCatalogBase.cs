namespace Microsoft.ML;

/// <summary>Trainers and metrics of one kind of task. Cannot be derived from outside.</summary>
public abstract class TrainCatalogBase
{
    private protected TrainCatalogBase()
    {
    }

    /// <summary>Where a catalogue's trainers hang.</summary>
    public abstract class CatalogInstantiatorBase
    {
        private protected CatalogInstantiatorBase()
        {
        }
    }
}
