using Microsoft.ML.Data;

namespace Workbench.MlNet;

/// <summary>Key vectors as item rows.</summary>
internal static class KeyVectors
{
    /// <summary>Raw keys 1..I as rows 0..I-1; a missing key is -1.</summary>
    internal static int[] RowsOrMissing(VBuffer<uint> keys) => [.. keys.DenseValues().Select(key => (int)key - 1)];

    /// <summary>Raw keys 1..I as rows 0..I-1; missing keys are left out.</summary>
    internal static int[] Rows(in VBuffer<uint> keys)
    {
        if (keys.IsDense)
        {
            ReadOnlySpan<uint> values = keys.GetValues();
            if (!values.Contains(0u))
            {
                var rows = new int[values.Length];
                for (int i = 0; i < rows.Length; i++)
                    rows[i] = (int)values[i] - 1;
                return rows;
            }
        }

        // A sparse vector's implicit values are missing keys.
        var present = new List<int>();
        foreach (uint key in keys.GetValues())
        {
            if (key != 0)
                present.Add((int)key - 1);
        }

        return [.. present];
    }
}
