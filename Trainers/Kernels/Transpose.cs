namespace Trainers.Kernels;

/// <summary>Row-major to column-major.</summary>
internal static unsafe class Transpose
{
    // source: rows x columns; target: columns x rows. Eight target rows at a time, each written in order.
    public static void Rows(float* source, int rows, int columns, float* target)
    {
        int column = 0;
        for (; column + 8 <= columns; column += 8)
        {
            float* t = target + (nint)column * rows;
            float* s = source + column;
            for (int row = 0; row < rows; row++, s += columns)
            {
                t[row] = s[0];
                t[rows + row] = s[1];
                t[2 * rows + row] = s[2];
                t[3 * rows + row] = s[3];
                t[4 * rows + row] = s[4];
                t[5 * rows + row] = s[5];
                t[6 * rows + row] = s[6];
                t[7 * rows + row] = s[7];
            }
        }

        for (; column < columns; column++)
        {
            for (int row = 0; row < rows; row++)
                target[(nint)column * rows + row] = source[(nint)row * columns + column];
        }
    }
}
